import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bundle, ServiceRequest, Task } from '@medplum/fhirtypes';
import fc from 'fast-check';
import { extensionUrl } from '../../../src/config/canonical.js';
import { OFFERED_MOVES } from '../../../src/web/texts/referral-moves.js';
import { dateIn, instantIn } from '../../../src/config/honduras-time.js';
import { startService, type TestService } from '../../support/service.js';
import { webClient, type WebAnswer, type WebClient } from '../../support/web-client.js';
import { FIELDS, move, order, send, submission } from '../referral/referral-fixture.js';

let service: TestService;
const people = new Map<string, WebClient>();

/** The browser of an account, signed in once. */
async function as(account: string): Promise<WebClient> {
  const known = people.get(account);
  if (known) return known;
  const client = webClient(service.url);
  await client.signIn(account);
  people.set(account, client);
  return client;
}

beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const sent = async (options: Parameters<typeof order>[0] = {}): Promise<string> =>
  (await send(service, 'system.uaps1', submission(order(options)))).referral.id;

const path = (id: string, move = ''): string => `/referencias/${id}${move === '' ? '' : `/${move}`}`;

/** Moves that the page of a referral offers to a person. */
function offered(page: WebAnswer, id: string): string[] {
  const links = [...page.text.matchAll(new RegExp(`(?:href|action)="/referencias/${id}/([a-z-]+)"`, 'g'))];
  return links.map(([, move = '']) => move).filter((move) => OFFERED_MOVES.some((one) => one === move));
}

const optionOf = (page: WebAnswer, name: string, text: string): string => {
  const select = new RegExp(`<select[^>]*name="${name}".*?</select>`, 's').exec(page.text)?.[0] ?? '';
  return new RegExp(`<option value="([^"]+)"[^>]*>${text}`).exec(select)?.[1] ?? '';
};

/** What a form holds when nobody touched it: chosen radios, selected options, texts. */
function defaults(page: WebAnswer): Record<string, string> {
  const inputs = [...page.text.matchAll(/<input class="[^"]*"[^>]*>/g)].map(([tag]) => tag);
  const named = (tag: string, attribute: string): string => new RegExp(` ${attribute}="([^"]*)"`).exec(tag)?.[1] ?? '';
  const texts = inputs.filter((tag) => !/type="(radio|checkbox)"/.test(tag) || / checked/.test(tag));
  const selects = [...page.text.matchAll(/<select[^>]*name="([^"]*)".*?<\/select>/gs)];
  return {
    ...Object.fromEntries(texts.map((tag) => [named(tag, 'name'), named(tag, 'value')])),
    ...Object.fromEntries(
      selects.map(([whole, name = '']) => [name, /<option (?:value="([^"]*)" )selected/.exec(whole)?.[1] ?? '']),
    ),
  };
}

/** Opens the form of a move, fills it over its defaults and sends it; gives the referral's page that follows. */
async function make(
  account: string,
  id: string,
  move: string,
  fields: Record<string, string> = {},
): Promise<WebAnswer> {
  const client = await as(account);
  const form = await client.get(path(id, move));
  expect([move, form.status]).toEqual([move, 200]);
  const answer = await client.submit(form, { ...defaults(form), ...fields }, path(id, move));
  expect([move, answer.status, answer.location, answer.status === 303 ? '' : answer.text]).toEqual([
    move,
    303,
    `${path(id)}?hecho=${move}`,
    '',
  ]);
  return client.get(answer.location ?? '');
}

const legs = async (id: string): Promise<Task[]> => {
  const { body } = await service.call<Bundle>('system.hosp1', 'GET', `Task?focus=ServiceRequest/${id}&code=fulfill`);
  return (body.entry ?? []).map(({ resource }) => resource as Task);
};

const ANSWER = {
  summary: 'Sí amerita: prueba de esfuerzo <positiva> & estable.',
  diagnosis: 'I20.9 Angina de pecho',
  medications: 'Aspirina 100 mg cada día\nAtorvastatina 40 mg cada noche',
  plan: 'Control de presión en un mes\nRepetir perfil lipídico en tres meses',
  message: 'Tome sus medicinas cada día.',
  disposition: 'discharge',
  oportuna: 'yes',
  justificada: 'no',
};

describe('the message for the patient', () => {
  it('is shown with a link that opens WhatsApp, and not when the person is not to be contacted', async () => {
    const bundle = submission(order());
    Object.assign(bundle.entry?.[0]?.resource ?? {}, {
      telecom: [{ system: 'phone', value: '9912-3456', use: 'mobile' }],
    });
    const { referral } = await send(service, 'system.uaps1', bundle);
    const page = await (await as('clerk.hosp1')).get(path(referral.id));
    const link = /href="(https:\/\/wa\.me\/50499123456\?text=[^"]+)"/.exec(page.text)?.[1] ?? '';
    const text = new URL(link.replaceAll('&amp;', '&')).searchParams.get('text') ?? '';
    expect(text).toContain('Su centro de salud envió su referencia');
    expect(page.text).toContain(`<p>${text}</p>`);
    const person = referral.subject.reference ?? '';
    const patient = await service.call('system.uaps1', 'GET', person);
    const extension = [{ url: extensionUrl('do-not-contact'), valueBoolean: true }];
    const changed = await service.call('system.uaps1', 'PUT', person, { body: { ...patient.body, extension } });
    expect(changed.status).toBe(200);
    expect((await (await as('clerk.hosp1')).get(path(referral.id))).text).not.toContain('wa.me');
    // Without a mobile there is nobody to write to.
    expect((await (await as('clerk.hosp1')).get(path(await sent()))).text).not.toContain('wa.me');
  });
});

describe('a referral by pages, from the clinic to the hospital and back', () => {
  it('is received, accepted, booked, attended, answered, read and closed', async () => {
    const id = await sent();
    const desk = await (await as('clerk.hosp1')).get(path(id));
    expect(desk.status).toBe(200);
    expect(offered(desk, id)).toEqual(['receive']);
    expect(desk.text).toContain('Confirme que la recibió');
    expect(desk.text).toContain('Su puesto no ve las alergias');

    const received = await make('clerk.hosp1', id, 'receive');
    expect(received.text).toContain('Recibida. Ahora pasa a triaje.');
    expect(offered(received, id)).toEqual([]);
    expect(received.text).toContain('Desde su puesto no hay nada que hacer ahora.');

    const triage = await (await as('triage.hosp1')).get(path(id));
    expect(offered(triage, id)).toEqual(['accept', 'respond', 'request-info', 'redirect', 'reject']);
    expect(triage.text).toContain('¿Amerita prueba de esfuerzo?');
    expect(triage.text).toContain('No hay alergias anotadas');
    expect(triage.text).toContain('Ahora le toca a usted.');

    await make('triage.hosp1', id, 'accept');
    const booked = await make('scheduler.hosp1', id, 'book', {
      start: '2027-01-11',
      clock: '09:30',
      contactResult: 'phone',
    });
    expect(booked.text).toContain('11 ene 2027, 09:30');
    // Nobody has missed a visit that is still to come.
    expect(offered(booked, id)).toEqual(['reschedule', 'cancel-appointment']);

    const arrived = await make('clerk.hosp1', id, 'arrive');
    expect(offered(arrived, id)).toEqual([]);
    const attended = await make('specialist.hosp1', id, 'start-care');
    expect(offered(attended, id)).toEqual(['respond', 'interim']);

    const answered = await make('specialist.hosp1', id, 'respond', ANSWER);
    expect(answered.text).toContain('La respuesta se envió al origen.');
    expect(answered.text).toContain('El paciente leerá:');
    expect(answered.text).toContain('prueba de esfuerzo &lt;positiva> &amp; estable');

    const clinic = await (await as('clinician.uaps1')).get(path(id));
    expect(offered(clinic, id)).toEqual(['acknowledge']);
    expect(clinic.text.indexOf('Resumen y respuesta')).toBeLessThan(clinic.text.indexOf('Mensaje para el paciente'));
    const read = await make('clinician.uaps1', id, 'acknowledge');
    expect(read.text).toContain('Control de presión en un mes');
    expect(read.text).toContain('Repetir perfil lipídico en tres meses');

    const closed = await make('clinician.uaps1', id, 'close', {
      'item-0': 'yes',
      'item-1': 'no',
      'item-1-reason': 'Sin reactivos',
      outcome: 'controlled',
    });
    expect(closed.text).toContain('No se hizo: Sin reactivos');
    expect(closed.text).toContain('Nadie tiene que hacer nada más.');
    expect(offered(closed, id)).toEqual([]);
    const events = ['Enviada', 'Recibida en el destino', 'Aceptada', 'Se dio cita', 'Llegó al destino'];
    const life = closed.text.slice(closed.text.indexOf('Historia de la referencia'));
    const places = [...events, 'Empezó la atención', 'El destino respondió', 'Cerrada por el origen'].map((text) =>
      life.indexOf(`>${text}<`),
    );
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places).not.toContain(-1);

    // What has ended is needed again: a draft in its place, which is sent like any other.
    const clinician = await as('clinician.uaps1');
    expect(closed.text).toContain(`href="${path(id, 'reabrir')}"`);
    const hospital = (await (await as('specialist.hosp1')).get(path(id))).text;
    expect(hospital).not.toContain('reabrir');
    const form = await clinician.get(path(id, 'reabrir'));
    const mute = await clinician.submit(form, { motivo: ' ' }, path(id, 'reabrir'));
    expect([mute.status, mute.text.includes('Diga por qué se necesita otra vez.')]).toEqual([422, true]);
    const reopened = await clinician.submit(mute, { motivo: 'Volvió el dolor' }, path(id, 'reabrir'));
    expect(reopened.status).toBe(303);
    const draft = await clinician.get(reopened.location ?? '');
    expect(draft.text).toContain('Referencia en borrador');
    const newId = (reopened.location ?? '').replace('/referencias/', '');
    const resent = await clinician.submit(draft, {}, path(newId, 'submit'));
    expect(resent.location).toBe(`${path(newId)}?hecho=submit`);
    const order = await service.call<ServiceRequest>('clinician.uaps1', 'GET', `ServiceRequest/${newId}`);
    expect(order.body).toMatchObject({ status: 'active', replaces: [{ reference: `ServiceRequest/${id}` }] });
    expect((await clinician.get(path(newId, 'reabrir'))).status).toBe(422);
  });

  it('keeps the coded diagnosis and the absence of medicines in the document', async () => {
    const id = await sent();
    await make('clerk.hosp1', id, 'receive');
    const advised = await make('triage.hosp1', id, 'respond', {
      ...ANSWER,
      medications: '',
      noMedications: 'si',
      disposition: 'advice',
    });
    expect(advised.text).toContain('Sin medicamentos nuevos.');
    const { body } = await service.call<Bundle>(
      'system.hosp1',
      'GET',
      `DocumentReference?related=ServiceRequest/${id}`,
    );
    const url = (body.entry?.[0]?.resource as { content: { attachment: { url: string } }[] }).content[0]?.attachment
      .url;
    const { body: document } = await service.call<Bundle>('system.hosp1', 'GET', url ?? '');
    expect(document.entry?.map(({ resource }) => resource?.resourceType)).toEqual([
      'Composition',
      'Patient',
      'Condition',
    ]);
    expect(document.entry?.[2]?.resource).toMatchObject({ code: { coding: [{ code: 'I20.9' }] } });
  });

  it('asks for information and gets it, item by item', async () => {
    const id = await sent();
    await make('clerk.hosp1', id, 'receive');
    const asked = await make('triage.hosp1', id, 'request-info', {
      item: 'ecg',
      otherItem: 'Foto del trazo',
      reason: 'Para decidir la urgencia.',
    });
    expect(asked.text).toContain('Falta información');
    const clinic = await (await as('clinician.uaps1')).get(path(id));
    expect(offered(clinic, id)).toEqual(['provide-info', 'revoke', 'record-death', 'void']);
    expect(clinic.text).toContain('Para decidir la urgencia.');
    const given = await make('clinician.uaps1', id, 'provide-info', {
      'answer-0': 'Ritmo sinusal',
      'answer-1': 'No hay cámara',
    });
    expect(given.text).toContain('Ritmo sinusal');
    expect(given.text).toContain('No hay cámara');
    expect(given.text).toContain('Recibida, en triaje');
  });

  it('is rejected with a next step only, and sent again', async () => {
    const id = await sent();
    await make('clerk.hosp1', id, 'receive');
    const triage = await as('triage.hosp1');
    const form = await triage.get(path(id, 'reject'));
    const typed = { reason: 'prerequisites-pending', comment: 'Primero perfil lipídico, por favor' };
    const refused = await triage.submit(form, typed, path(id, 'reject'));
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('href="#f-advice"');
    expect(refused.text).toContain('Dé un paso siguiente');
    expect(refused.text).toContain('Primero perfil lipídico, por favor');
    expect(refused.text).toContain('<title>Error: ');

    await make('triage.hosp1', id, 'reject', { ...typed, advice: 'Enviar con resultados', missing: 'laboratory' });
    const clinic = await (await as('clinician.uaps1')).get(path(id));
    expect(offered(clinic, id)).toEqual(['resubmit', 'redirect', 'revoke', 'record-death', 'void']);
    expect(clinic.text).toContain('Enviar con resultados');
    expect(clinic.text).toContain('Falta: Resultado de laboratorio');
    const again = await make('clinician.uaps1', id, 'resubmit', { change: 'Se agregan los exámenes' });
    expect(again.text).toContain('Enviada de nuevo');
    expect(await legs(id)).toHaveLength(2);
    const old = (await legs(id)).find(({ status }) => status === 'rejected') as Task & { id: string };
    const byTask = await (await as('clinician.uaps1')).get(path(old.id));
    expect([byTask.status, byTask.location]).toEqual([303, path(id)]);
  });

  it('goes to another facility that offers the specialty', async () => {
    const id = await sent();
    await make('clerk.hosp1', id, 'receive');
    const form = await (await as('triage.hosp1')).get(path(id, 'redirect'));
    const performer = optionOf(form, 'performer', 'Cardiología');
    expect(performer).toMatch(/^HealthcareService\//);
    const gone = await make('triage.hosp1', id, 'redirect', { reason: 'capacity', performer, comment: 'Sin cupo' });
    expect(gone.text).toContain('Pasó al otro establecimiento');
    expect(gone.text).toContain('Sin cupo');
    expect(offered(gone, id)).toEqual([]);
  });

  it('changes, cancels and misses appointments, and notes calls', async () => {
    const id = await sent();
    await make('clerk.hosp1', id, 'receive');
    await make('triage.hosp1', id, 'accept', { priority: 'urgent', priorityReason: 'Dolor en reposo' });
    const called = await make('scheduler.hosp1', id, 'contact-attempt', {
      medium: 'phone',
      reached: 'no',
      reason: 'no-answer',
    });
    expect(called.text).toContain('Teléfono, no se logró, No contesta');
    const when = { start: '2027-02-01', clock: '08:00', contactResult: 'none' };
    await make('scheduler.hosp1', id, 'book', when);
    // A visit of this minute, for somebody who stands at the desk: from now on it can be missed.
    const now = new Date();
    await make('scheduler.hosp1', id, 'reschedule', {
      ...when,
      reason: 'provider-schedule',
      start: dateIn(now),
      clock: instantIn(now).slice(11, 16),
    });
    const missed = await make('scheduler.hosp1', id, 'no-show');
    expect(missed.text).toContain('no se presentó');
    await make('scheduler.hosp1', id, 'book', when);
    const cancelled = await make('scheduler.hosp1', id, 'cancel-appointment', { reason: 'provider-absent' });
    expect(offered(cancelled, id)).toEqual(['book', 'contact-attempt', 'pause-waiting', 'leave-list']);
    // One missed appointment and one call: what cannot be chosen yet says what is missing.
    const leaving = await (await as('scheduler.hosp1')).get(path(id, 'leave-list'));
    const cause = (code: string): string =>
      new RegExp(`<option[^>]*value="${code}"[^>]*>`).exec(leaving.text)?.[0] ?? '';
    expect([cause('repeated-no-show'), cause('improved')].map((tag) => tag.includes('disabled'))).toEqual([true, true]);
    expect(leaving.text).toContain('en esta referencia hay 1 y se piden 2');
    expect(leaving.text).toContain('hay 1 y se piden 2, o uno en que se habló con la persona');
    await make('scheduler.hosp1', id, 'contact-attempt', { medium: 'phone', reached: 'yes' });
    const told = await (await as('scheduler.hosp1')).get(path(id, 'leave-list'));
    expect(/<option[^>]*value="improved"[^>]*>/.exec(told.text)?.[0]).not.toContain('disabled');
  });

  it('proposes the rejection past the term of the origin, with its words; one click confirms it', async () => {
    const asked = await send(service, 'system.uaps1', submission(order()));
    const id = asked.referral.id;
    const received = await move(service, asked, 'receive', { account: 'clerk.hosp1' });
    const due = Date.now() + 1_500;
    const fields = FIELDS['request-info'].map((field) =>
      field.name === 'due' ? { name: 'due', valueDateTime: new Date(due).toISOString() } : field,
    );
    await move(service, received, 'request-info', { account: 'triage.hosp1' }, fields);
    const triage = await as('triage.hosp1');
    expect((await triage.get(path(id))).text).not.toContain('Propuesta del servicio');
    await sleep(Math.max(0, due + 1 - Date.now()));
    const page = await triage.get(path(id));
    expect(page.text).toContain('Propuesta del servicio: rechazar por falta de respuesta');
    expect((await (await as('clinician.uaps1')).get(path(id))).text).not.toContain('Propuesta del servicio');
    expect((await triage.get('/bandeja?lista=no-reply')).text).toContain(path(id));
    const confirmed = await triage.submit(page, {}, path(id, 'no-response'));
    expect([confirmed.status, confirmed.location]).toEqual([303, `${path(id)}?hecho=no-response`]);
    expect((await triage.get(path(id))).text).toContain('no hubo respuesta');
  });

  it('refuses a changed priority without a reason, at the field of the reason', async () => {
    const id = await sent();
    await make('clerk.hosp1', id, 'receive');
    const triage = await as('triage.hosp1');
    const form = await triage.get(path(id, 'accept'));
    const refused = await triage.submit(form, { ...defaults(form), priority: 'asap' }, path(id, 'accept'));
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('<a href="#f-priorityReason">Complete: Por qué cambia la prioridad.</a>');
  });
});

describe('who may do what', () => {
  it('shows no button and refuses the post of a role or side that never makes the move', async () => {
    const id = await sent();
    await make('clerk.hosp1', id, 'receive');
    for (const [account, status] of [
      ['specialist.hosp1', 403],
      ['clerk.uaps1', 403],
      ['triage.hosp2', 404],
      ['statistics', 403],
    ] as const) {
      const client = await as(account);
      const page = await client.get(path(id));
      expect([account, page.status]).toEqual([account, status === 403 && account !== 'statistics' ? 200 : status]);
      expect(page.text).not.toContain(path(id, 'accept'));
      const token = await client.submit(await client.open('/clave'), { version: '2' }, '/clave');
      const form = {
        status: 200,
        location: null,
        headers: token.headers,
        text: token.text.replaceAll('/clave', path(id, 'accept')),
      };
      const direct = await client.submit(form, { priority: 'routine' }, path(id, 'accept'));
      expect([account, direct.status]).toEqual([account, status]);
    }
    expect((await legs(id))[0]?.status).toBe('received');
  });

  it('answers 404 for what does not exist, and says when a move is not possible now', async () => {
    const clerk = await as('clerk.hosp1');
    expect((await clerk.get('/referencias/nada')).status).toBe(404);
    const id = await sent();
    expect((await clerk.get(path(id, 'volar'))).status).toBe(404);
    const early = await clerk.get(path(id, 'arrive'));
    expect(early.status).toBe(422);
    expect(early.text).toContain('La referencia está en «Enviada»');
  });

  it('asks who is signed out to sign in', async () => {
    const id = await sent();
    const answer = await webClient(service.url).get(path(id));
    expect([answer.status, answer.location]).toEqual([303, `/entrar?volver=${encodeURIComponent(path(id))}`]);
  });
});

describe('two people on one referral', () => {
  it('the second gets the page of what changed, with what was written, and nothing is lost', async () => {
    const id = await sent();
    await make('clerk.hosp1', id, 'receive');
    const [first, second] = [await as('triage.hosp1'), webClient(service.url)];
    await second.signIn('triage.hosp1');
    const forms = [await first.get(path(id, 'accept')), await second.get(path(id, 'reject'))] as const;
    expect((await first.submit(forms[0], defaults(forms[0]), path(id, 'accept'))).status).toBe(303);
    const typed = { reason: 'no-capacity', comment: 'No hay cupo hasta marzo', advice: 'Referir al Hospital 2' };
    const late = await second.submit(forms[1], typed, path(id, 'reject'));
    expect(late.status).toBe(412);
    expect(late.text).toContain('Alguien cambió esto mientras usted lo veía');
    for (const text of ['No hay cupo hasta marzo', 'Referir al Hospital 2', 'Sin capacidad resolutiva'])
      expect(late.text).toContain(text);
    expect(late.text).toContain(`href="${path(id)}"`);
    expect((await legs(id)).map(({ status }) => status)).toEqual(['accepted']);
  });

  it('one of two at the same moment wins, the other is told', async () => {
    const id = await sent();
    await make('clerk.hosp1', id, 'receive');
    const triage = await as('triage.hosp1');
    const form = await triage.get(path(id, 'accept'));
    const answers = await Promise.all([0, 1].map(() => triage.submit(form, defaults(form), path(id, 'accept'))));
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses[0]).toBe(303);
    expect([409, 412]).toContain(statuses[1]);
  });
});

describe('attachments', () => {
  it('are saved under a plain name, never shown as a page', async () => {
    const request: ServiceRequest = {
      ...order(),
      supportingInfo: [{ reference: 'urn:uuid:00000000-0000-4000-8000-000000000004' }],
    };
    const patient = { reference: 'urn:uuid:00000000-0000-4000-8000-000000000001' };
    const bundle = submission(request, [
      {
        fullUrl: 'urn:uuid:00000000-0000-4000-8000-000000000003',
        resource: {
          resourceType: 'Binary',
          contentType: 'text/html',
          securityContext: patient,
          data: Buffer.from('<script>1</script>').toString('base64'),
        },
        request: { method: 'POST', url: 'Binary' },
      },
      {
        fullUrl: 'urn:uuid:00000000-0000-4000-8000-000000000004',
        resource: {
          resourceType: 'DocumentReference',
          status: 'current',
          subject: patient,
          description: 'Electro/cardiograma "1"',
          content: [{ attachment: { contentType: 'text/html', url: 'urn:uuid:00000000-0000-4000-8000-000000000003' } }],
        },
        request: { method: 'POST', url: 'DocumentReference' },
      },
    ]);
    const { referral } = await send(service, 'system.uaps1', bundle);
    const page = await (await as('triage.hosp1')).get(path(referral.id));
    const link = /href="(\/referencias\/[^"]+\/adjuntos\/[^"]+)"/.exec(page.text)?.[1] ?? '';
    const saved = await (await as('triage.hosp1')).get(link);
    expect(saved.status).toBe(200);
    expect(saved.headers.get('content-disposition')).toBe('attachment; filename="Electrocardiograma 1.bin"');
    expect(saved.headers.get('content-type')).toBe('application/octet-stream');
    expect((await (await as('triage.hosp2')).get(link)).status).toBe(404);
  });
});

describe('whatever is posted', () => {
  it('is answered without a fault of ours', async () => {
    const id = await sent();
    await make('clerk.hosp1', id, 'receive');
    const triage = await as('triage.hosp1');
    const form = await triage.get(path(id, 'respond'));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('accept', 'reject', 'redirect', 'request-info', 'respond', 'receive', 'book'),
        fc.dictionary(
          fc.constantFrom(
            'version',
            'task',
            'reason',
            'service',
            'performer',
            'item',
            'due',
            'comment',
            'advice',
            'summary',
          ),
          fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('HealthcareService/../x', 'other', '2026-99-99')),
        ),
        async (move, fields) => {
          const text = form.text.replaceAll(path(id, 'respond'), path(id, move));
          const { status } = await triage.submit({ ...form, text }, fields, path(id, move));
          expect(status).toBeLessThan(500);
        },
      ),
      { numRuns: 40 },
    );
    expect((await legs(id)).length).toBeGreaterThan(0);
  });
});
