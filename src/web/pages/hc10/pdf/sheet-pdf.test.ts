import fc from 'fast-check';
import { extractText, getDocumentProxy } from 'unpdf';
import { describe, expect, it } from 'vitest';
import type { Hc10Values } from '../../../../referral/hc10/hc10-fields.js';
import { HC10_SEED, referralForms } from '../../../../../test/support/hc10-forms.js';
import { SHEET_TERMS, sheetView } from '../../../../../test/support/sheet-scene.js';
import { extensionUrl } from '../../../../config/canonical.js';
import type { Sheet } from '../sheet.js';
import { sheetData } from '../sheet-data.js';
import { sheetModel } from '../sheet-model.js';
import { sheetPdf } from './sheet-pdf.js';

const AT = new Date('2026-11-22T18:00:00Z');

/** A form as it usually is: what most referrals say, and no more. */
const USUAL: Hc10Values = {
  clase: 'referencia',
  especialidad: 'cardiologia',
  resumen: 'Dolor torácico de esfuerzo desde hace 3 semanas.\nCede con el reposo; sin disnea.',
  pregunta: '¿Amerita prueba de esfuerzo?',
  diagnostico: 'Angina de pecho',
  riesgo: 'con-riesgo',
  amerita: 'consulta-externa',
  prioridad: 'routine',
  'pa-sistolica': '140',
  'pa-diastolica': '90',
  fc: '88',
  peso: '61.5',
  fum: '2026-10-01',
  cabeza: 'Normal',
  torax: 'Crepitantes finos en bases',
  resultados: 'ECG 20 nov: ritmo sinusal',
  recomendaciones: 'Aspirina 100 mg al día',
  contacto: 'true',
  'contacto-nombre': 'Dr. Óscar Muñoz',
  'contacto-cargo': 'Jefe de consulta externa',
  'acompanante-nombre': 'José Güity',
  'acompanante-parentesco': 'Esposo',
  'autor-categoria': 'medico-general',
};

const modelOf = (values: Hc10Values, more?: Parameters<typeof sheetView>[1]): Sheet => {
  const view = sheetView(values, more);
  return sheetModel(SHEET_TERMS, view, sheetData(SHEET_TERMS, view));
};

/** Text of each page, without what is white: words that are cut at the end of a line are whole again. */
const bare = (text: string): string => text.replace(/\s+/gu, '');
async function pagesOf(sheet: Sheet): Promise<{ pages: string[]; sizes: number[][] }> {
  const pdf = await getDocumentProxy(new Uint8Array(await sheetPdf(sheet, AT)));
  const { text } = await extractText(pdf, { mergePages: false });
  const sizes = await Promise.all(text.map(async (_page, index) => (await pdf.getPage(index + 1)).view));
  return { pages: text.map(bare), sizes };
}

/** Everything that the front of a sheet says, in its words. */
const saidBy = (sheet: Sheet): string[] =>
  [...sheet.front, ...sheet.attached].flatMap(({ title, parts }) => [
    title,
    ...parts.flatMap((part) =>
      part.kind === 'cell'
        ? [`${part.label}:`, ...(part.value === undefined ? [] : [part.value])]
        : part.boxes.map(({ text }) => text),
    ),
  ]);

describe('the sheet as PDF', () => {
  it('has one page for the form and one for the patient, Letter, and says every field of the form', async () => {
    const sheet = modelOf(USUAL);
    const { pages, sizes } = await pagesOf(sheet);
    expect(pages).toHaveLength(2);
    expect(sizes).toEqual([
      [0, 0, 612, 792],
      [0, 0, 612, 792],
    ]);
    const [front = '', back = ''] = pages;
    for (const words of saidBy(sheet)) expect(front).toContain(bare(words));
    for (const words of [
      'Güity',
      'Ñúñez',
      'María José',
      '0101-1990-12345',
      'UAPS Corozal',
      'Red Litoral',
      '140/90',
      'X Diagnóstico',
    ])
      expect(front).toContain(bare(words));
    for (const words of ['Para usted', 'REF-2026-0000042', 'Hospital Regional Atlántida', 'ABCDE-23456', '2440-0000'])
      expect(back).toContain(bare(words));
    expect(front).not.toContain('sigueenlapágina');
  });

  it('is tagged, has a title and its language, and ticks the boxes in words', async () => {
    const bytes = await sheetPdf(modelOf(USUAL), AT);
    const pdf = await getDocumentProxy(new Uint8Array(bytes));
    const { info } = await pdf.getMetadata();
    expect(info).toMatchObject({ Title: 'Hoja de referencia REF-2026-0000042', Language: 'es-HN' });
    const marks = (await pdf.getMarkInfo()) as { Marked?: boolean } | null;
    expect(marks?.Marked).toBe(true);
    const tree = JSON.stringify(await (await pdf.getPage(2)).getStructTree());
    for (const tag of ['"H2"', '"P"', '"Figure"', 'Código para seguir su referencia']) expect(tree).toContain(tag);
    // Fonts travel with the file: nothing depends on what a machine has.
    expect(bytes.toString('latin1')).toMatch(/\/FontFile2/);
    expect(bytes.length).toBeLessThan(120_000);
  });

  it('loses nothing of a long text: it goes on behind, on as many pages as it takes', async () => {
    const words = Array.from({ length: 1_500 }, (_one, index) => `palabra${String(index).padStart(4, '0')}`);
    const other = Array.from({ length: 600 }, (_one, index) => `dato${String(index).padStart(4, '0')}`);
    const sheet = modelOf({ ...USUAL, resumen: words.join(' '), resultados: other.join(' '), cabeza: other.join(' ') });
    const { pages } = await pagesOf(sheet);
    expect(pages.length).toBeGreaterThan(2);
    expect(pages[0]).toContain('sigueenlapágina3');
    expect(pages[1]).toContain('Parausted');
    expect(pages[2]).toContain('Continuacióndelahoja');
    const all = pages.join('');
    for (const word of words) expect(all.split(word)).toHaveLength(2);
    for (const word of other) expect(all.split(word)).toHaveLength(3);
  });

  it('says every field of ten generated forms, of both prints, with their attachments behind', async () => {
    const forms = fc.sample(referralForms(SHEET_TERMS.services.fhir.definitions), { seed: HC10_SEED, numRuns: 10 });
    for (const { values, motives } of forms) {
      const sheet = modelOf(values, { motives });
      const { pages } = await pagesOf(sheet);
      // Only what the font has can be compared; the signs for the rest are the same in both.
      const all = pages.join('');
      const short = saidBy(sheet).filter(
        (words) => words.length < 60 && /^[\p{Script=Latin}\p{N}\p{P}\s]*$/u.test(words),
      );
      for (const words of short) expect(all).toContain(bare(words).normalize('NFC'));
    }
  }, 60_000);

  it('asks the questions of the print that was filled', async () => {
    const task = {
      extension: [
        { url: extensionUrl('oportuna'), valueCode: 'yes' },
        { url: extensionUrl('justificada'), valueCode: 'no' },
      ],
    };
    const old = await pagesOf(modelOf({ ...USUAL, impresion: 'anterior', 'apgar-1': '8', longitud: '49' }, { task }));
    expect(old.pages[0]).toContain(bare('Adecuada: X Sí'));
    expect(old.pages[0]).toContain(bare('Pertinente: Sí X No'));
    expect(old.pages[0]).toContain('Apgar1min:8');
    const current = await pagesOf(modelOf(USUAL, { task }));
    expect(current.pages[0]).toContain(bare('Oportuna: X Sí'));
    expect(current.pages[0]).not.toContain('Pertinente');
  });

  it('says who keeps the patient of an interconsulta, and that there is nowhere to go', async () => {
    const { pages } = await pagesOf(modelOf({ ...USUAL, clase: 'interconsulta' }));
    expect(pages[0]).toContain(bare('El paciente sigue a cargo de UAPS Corozal.'));
    expect(pages[0]).toContain(bare('X Interconsulta'));
    expect(pages[1]).toContain(bare('No tiene que viajar.'));
  });

  it('prints people without a name, without papers, and children of somebody', async () => {
    const unknown = await pagesOf(modelOf(USUAL, { patient: { resourceType: 'Patient', id: 'p', gender: 'unknown' } }));
    expect(unknown.pages[0]).toContain(bare('Nombre desconocido'));
    expect(unknown.pages[1]).toMatch(/LepediráestePIN:\d{6}/);
    const child = await pagesOf(
      modelOf(
        { ...USUAL, 'nino-casa': 'Casa 17', 'nino-senales': 'fiebre convulsiones' },
        {
          patient: {
            resourceType: 'Patient',
            id: 'p',
            gender: 'female',
            birthDate: '2026-11-20',
            name: [{ use: 'temp', text: 'Hija de Rosa Güity', family: 'Güity', given: ['Hija'] }],
          },
        },
      ),
    );
    expect(child.pages).toHaveLength(3);
    expect(child.pages[0]).toContain(bare('Hija de Rosa Güity'));
    expect(child.pages[2]).toContain(bare('Anexo 7. Niño o niña menor de cinco años'));
    expect(child.pages[2]).toContain(bare('Fiebre, Ataques o convulsiones'));
  });
});
