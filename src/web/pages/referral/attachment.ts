import type { Binary, DocumentReference } from '@medplum/fhirtypes';
import { fault } from '../../../errors.js';
import { localTarget } from '../../../fhir/references.js';
import { file, type Page } from '../../page.js';
import { REFERRAL_AUDIENCE } from './referral-page.js';

/** Endings of the kinds of file that travel with a referral. */
const ENDINGS: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'text/plain': 'txt',
};

/** A name that every system can store: the title without anything but letters, digits, spaces and dashes. */
export const fileName = (title: string, type: string): string => {
  const name = title.replace(/[^\p{L}\p{N} -]/gu, '').trim() || 'adjunto';
  return `${name}.${ENDINGS[type] ?? 'bin'}`;
};

/** `GET /referencias/:id/adjuntos/:document`: what came with the referral, to be saved; never shown as a page of ours. */
export const attachment: Page = {
  method: 'GET',
  path: '/referencias/:id/adjuntos/:document',
  audience: REFERRAL_AUDIENCE,
  async handle(page) {
    const id = page.params['document'] ?? '';
    const { resource } = await page.fhir<DocumentReference>('GET', `DocumentReference/${encodeURIComponent(id)}`);
    const { url = '', data, contentType, title } = resource.content[0]?.attachment ?? {};
    const target = localTarget(url, page.services.fhir.baseUrl);
    const name = title ?? resource.description ?? id;
    if (data !== undefined) return download(name, contentType, data);
    if (target?.type !== 'Binary') throw fault('not-found', { type: 'Binary', id });
    const binary = await page.fhir<Binary>('GET', `Binary/${target.id}`);
    return download(name, binary.resource.contentType, binary.resource.data ?? '');
  },
};

const download = (title: string, type = 'application/octet-stream', data: string): ReturnType<typeof file> =>
  file(
    Object.hasOwn(ENDINGS, type) ? type : 'application/octet-stream',
    fileName(title, type),
    Buffer.from(data, 'base64'),
  );
