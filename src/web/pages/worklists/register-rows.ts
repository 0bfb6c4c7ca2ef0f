import type { Parameters, ParametersParameter } from '@medplum/fhirtypes';
import type { Words } from '../../../words.js';
import { parametersOf } from '../../resources/in-bundle.js';
import { REGISTER } from '../../texts/register.js';

/** One line of annex 8 as the API gives it; what is not known is empty. */
export interface RegisterRow {
  readonly number: string;
  readonly event: Words;
  /** FHIR dateTime. */
  readonly at: string;
  readonly referral: string;
  readonly record: string;
  readonly identity: string;
  readonly name: string;
  readonly phone: string;
  /** FHIR code. */
  readonly sex: string;
  readonly age: string;
  readonly motive: string;
  readonly diagnosis: string;
  readonly other: string;
  readonly visitService: string;
  /** FHIR dateTime. */
  readonly visitDate: string;
  /** ServiceRequest id. */
  readonly referralId: string;
}

const EVENTS = {
  'referencia sent': REGISTER.referenciaSent,
  'referencia received': REGISTER.referenciaReceived,
  'respuesta sent': REGISTER.respuestaSent,
  'respuesta received': REGISTER.respuestaReceived,
} as const;

const isEvent = (text: string): text is keyof typeof EVENTS => Object.hasOwn(EVENTS, text);

/** A part's value as text, whatever its type. */
function textOf(part: ParametersParameter | undefined): string {
  const { valueString, valueCode, valueDateTime, valueInteger, valueDate, valueReference } = part ?? {};
  const value = valueString ?? valueCode ?? valueDateTime ?? valueDate ?? valueInteger ?? valueReference?.reference;
  return value === undefined ? '' : String(value);
}

/** A named value of `$daily-register` itself: `facility`, `rups`, `date`. */
export const registerHead = (register: Parameters, name: string): string => textOf(parametersOf(register, name)[0]);

/** The lines of an answer of `$daily-register`, in their order. */
export const registerRows = (register: Parameters): readonly RegisterRow[] =>
  parametersOf(register, 'row').map(({ part = [] }): RegisterRow => {
    const of = (name: string): string => textOf(part.find((one) => one.name === name));
    const event = `${of('kind')} ${of('direction')}`;
    return {
      number: of('number'),
      event: isEvent(event) ? EVENTS[event] : { es: event, en: event },
      at: of('at'),
      referral: of('referencia'),
      record: of('expediente'),
      identity: of('identidad'),
      name: of('name'),
      phone: of('phone'),
      sex: of('sex'),
      age: of('age'),
      motive: of('motive'),
      diagnosis: of('diagnosis'),
      other: of('facility'),
      visitService: of('appointmentService'),
      visitDate: of('appointmentDate'),
      referralId: of('order').replace(/^ServiceRequest\//, ''),
    };
  });
