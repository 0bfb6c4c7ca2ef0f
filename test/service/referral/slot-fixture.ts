import type { Bundle, Parameters, ParametersParameter, Slot } from '@medplum/fhirtypes';
import { codeSystemUrl } from '../../../src/config/canonical.js';
import { dateIn } from '../../../src/config/honduras-time.js';
import { WEEKDAYS } from '../../../src/referral/slots/slot-times.js';
import type { Answer, TestService } from '../../support/service.js';
import {
  anyService,
  facility,
  FIELDS,
  move,
  type Moved,
  order,
  type OrderOptions,
  send,
  submission,
} from './referral-fixture.js';

const DAY_MS = 86_400_000;

/** The day in Honduras so many days from now, `YYYY-MM-DD`. */
export const dayFromNow = (days: number): string => dateIn(new Date(Date.now() + days * DAY_MS));

export interface Pattern {
  readonly from: string;
  readonly to?: string;
  readonly weekdays?: readonly string[];
  readonly start?: string;
  readonly end?: string;
  readonly minutes?: number;
  readonly holidays?: readonly string[];
  /** Whatever the day of the test is: national holidays would take slots away. */
  readonly nationalHolidays?: 'skip';
  readonly more?: readonly ParametersParameter[];
}

/** Body of `$make-slots`: from 8 to 10 every half hour, unless said. */
export const pattern = ({ from, to = from, weekdays = WEEKDAYS, ...rest }: Pattern): Parameters => ({
  resourceType: 'Parameters',
  parameter: [
    { name: 'from', valueDate: from },
    { name: 'to', valueDate: to },
    ...weekdays.map((valueCode) => ({ name: 'weekday', valueCode })),
    {
      name: 'hours',
      part: [
        { name: 'start', valueTime: rest.start ?? '08:00:00' },
        { name: 'end', valueTime: rest.end ?? '10:00:00' },
      ],
    },
    { name: 'minutes', valueInteger: rest.minutes ?? 30 },
    ...(rest.holidays ?? []).map((valueDate) => ({ name: 'holiday', valueDate })),
    ...(rest.nationalHolidays === 'skip' ? [] : [{ name: 'includeHolidays', valueBoolean: true }]),
    ...(rest.more ?? []),
  ],
});

export const makeSlots = (
  service: TestService,
  body: Parameters,
  { account = 'scheduler.hosp1', of = anyService('hosp1') } = {},
): Promise<Answer<Parameters>> => service.call<Parameters>(account, 'POST', `${of}/$make-slots`, { body });

export const numberIn = ({ body }: Answer<Parameters>, name: string): number | undefined =>
  body.parameter?.find((one) => one.name === name)?.valueInteger;

/** Slots of a day of Hospital 1, in the order of time. */
export async function slotsOf(service: TestService, day: string, status = 'all'): Promise<(Slot & { id: string })[]> {
  const path = `Organization/${facility('hosp1')}/$agenda?from=${day}&to=${day}&status=${status}&_count=500`;
  const { body } = await service.call<Bundle>('scheduler.hosp1', 'GET', path);
  return (body.entry ?? []).flatMap(({ resource }) =>
    resource?.resourceType === 'Slot' ? [resource as Slot & { id: string }] : [],
  );
}

export const readSlot = async (service: TestService, id: string): Promise<Slot> =>
  (await service.call<Slot>('scheduler.hosp1', 'GET', `Slot/${id}`)).body;

/** A referral that waits for an appointment at Hospital 1. */
export async function waiting(service: TestService, options: OrderOptions = {}): Promise<Moved> {
  const sent = await send(service, 'system.uaps1', submission(order(options)));
  const received = await move(service, sent, 'receive', { account: 'clerk.hosp1' });
  const priority = { name: 'priority', valueCode: options.priority ?? 'routine' };
  const fields = [priority, ...FIELDS.accept.filter(({ name }) => name !== 'priority')];
  return move(service, received, 'accept', { account: 'triage.hosp1' }, fields);
}

/** Parameters of a booking on a slot. */
export const onSlot = (id: string, more: readonly ParametersParameter[] = []): ParametersParameter[] => [
  { name: 'slot', valueReference: { reference: `Slot/${id}` } },
  { name: 'contactResult', valueCoding: { system: codeSystemUrl('contact-medium'), code: 'phone' } },
  ...more,
];

export const because = (code: string): ParametersParameter => ({
  name: 'reason',
  valueCoding: { system: codeSystemUrl('cancel-reason'), code },
});

const DS = { account: 'scheduler.hosp1' };

export const book = (service: TestService, before: Moved, id: string): Promise<Moved> =>
  move(service, before, 'book', DS, onSlot(id));

export const reschedule = (service: TestService, before: Moved, id: string): Promise<Moved> =>
  move(service, before, 'reschedule', DS, onSlot(id, [because('provider-schedule')]));
