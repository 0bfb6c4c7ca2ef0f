import { sayIn } from '../../language.js';
import { PrintSheet } from '../../components/print-sheet.js';
import type { PageContext } from '../../page-context.js';
import { file, type Page, redirect, view } from '../../page.js';
import { SHEET } from '../../texts/hc10-sheet.js';
import { answerOf, loadSheet } from './load-sheet.js';
import type { SheetKind } from './sheet-data.js';
import { sheetPdf } from './pdf/sheet-pdf.js';
import { SHEET_READERS } from './sheet-readers.js';
import { SheetView } from './sheet-view.js';

/** `?de=respuesta` asks for the sheet of the answer. */
const kindAsked = ({ query }: PageContext): SheetKind => (query.get('de') === 'respuesta' ? 'respuesta' : 'referencia');
const sheetPath = (id: string, kind: SheetKind, ending = ''): string =>
  `/referencias/${id}/hoja${ending}${kind === 'respuesta' ? '?de=respuesta' : ''}`;

/** The printed form HC-10 (Letter): the form on the first page, what the patient takes home on the second. */
export const sheetPage: Page = {
  method: 'GET',
  path: '/referencias/:id/hoja',
  audience: SHEET_READERS,
  async handle(page) {
    const kind = kindAsked(page);
    const loaded = await loadSheet(page, page, page.params['id'] ?? '', kind);
    if ('moved' in loaded) return redirect(sheetPath(loaded.moved, kind));
    const { sheet, referral } = loaded;
    const { id } = referral.order;
    const words = kind === 'respuesta' ? SHEET.answerTitle : SHEET.title;
    const { number } = referral;
    const other: SheetKind = kind === 'respuesta' ? 'referencia' : 'respuesta';
    const { say } = page;
    return view(
      { es: sayIn('es')(words, { number }), en: sayIn('en')(words, { number }) },
      <>
        <p class="rr-hc10__screen">
          {say(SHEET.print)} <a href={sheetPath(id, kind, '.pdf')}>{say(SHEET.pdf)}</a>
          {' · '}
          {(kind === 'respuesta' || answerOf(referral) !== undefined) && (
            <>
              <a href={sheetPath(id, other)}>{say(kind === 'respuesta' ? SHEET.toReferral : SHEET.toAnswer)}</a>
              {' · '}
            </>
          )}
          <a href={`/referencias/${id}`}>{say(SHEET.backTo)}</a>
        </p>
        <PrintSheet by={page.signedIn().displayName}>
          <SheetView sheet={sheet} />
        </PrintSheet>
      </>,
    );
  },
};

/** The same sheet as PDF, made by the server: for printers without a browser and for sending on. */
export const sheetFile: Page = {
  method: 'GET',
  path: '/referencias/:id/hoja.pdf',
  audience: SHEET_READERS,
  async handle(page) {
    const kind = kindAsked(page);
    const loaded = await loadSheet(page, page, page.params['id'] ?? '', kind);
    if ('moved' in loaded) return redirect(sheetPath(loaded.moved, kind, '.pdf'));
    const { sheet, referral } = loaded;
    return file('application/pdf', `${kind}-${referral.number}.pdf`, await sheetPdf(sheet, new Date()));
  },
};
