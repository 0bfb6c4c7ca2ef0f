import type { Role } from '../../../access/caller.js';
import { sayIn } from '../../language.js';
import { PrintSheet } from '../../components/print-sheet.js';
import { type Page, redirect, view } from '../../page.js';
import { SHEET } from '../../texts/hc10-sheet.js';
import { loadReferralView } from '../referral/referral-view.js';
import { AUTHORS } from './referral-form.js';
import { SheetBack } from './sheet-back.js';
import { sheetData } from './sheet-data.js';
import { SheetFront } from './sheet-front.js';

/** Those who read the whole clinical content: a sheet with gaps would be taken for the whole. */
const READERS: readonly Role[] = [...AUTHORS, 'triage'];

/** The printed form HC-10 (Letter): the form on the first page, what the patient takes home on the second. */
export const sheetPage: Page = {
  method: 'GET',
  path: '/referencias/:id/hoja',
  audience: READERS,
  async handle(page) {
    const loaded = await loadReferralView(page, page.params['id'] ?? '');
    if ('moved' in loaded) return redirect(`/referencias/${loaded.moved}/hoja`);
    const { view: referral } = loaded;
    const data = sheetData(page, referral);
    const { number, order } = referral;
    const title = { es: sayIn('es')(SHEET.title, { number }), en: sayIn('en')(SHEET.title, { number }) };
    return view(
      title,
      <>
        <p class="rr-hc10__screen">
          {page.say(SHEET.print)} <a href={`/referencias/${order.id}`}>{page.say(SHEET.backTo)}</a>
        </p>
        <PrintSheet by={page.signedIn().displayName}>
          <SheetFront page={page} data={data} referral={referral} />
          <SheetBack page={page} data={data} referral={referral} />
        </PrintSheet>
      </>,
    );
  },
};
