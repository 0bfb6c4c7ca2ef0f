import type { Parameters, Patient } from '@medplum/fhirtypes';
import type { VNode } from 'preact';
import { shortCodeText } from '../../../access/short-code.js';
import { LinkButton } from '../../components/button.js';
import { Facts } from '../../components/facts.js';
import { Notice } from '../../components/notice.js';
import { PrintSheet } from '../../components/print-sheet.js';
import { QrCode } from '../../components/qr-code.js';
import { patientTime } from '../../dates.js';
import { useLanguage, useSay } from '../../language.js';
import { nameOrUnknown } from '../../resources/person.js';
import { ACTIVATE } from '../../texts/patient-activate.js';

export interface ActivationSheetProps {
  readonly patient: Patient;
  /** Answer of `$activation-code`. */
  readonly answer: Parameters;
  readonly by: string;
  /** Address to type. */
  readonly url: string;
}

/** The sheet that the person takes home: code, until when, and what to do with it. */
export function ActivationSheet({ patient, answer, by, url }: ActivationSheetProps): VNode {
  const say = useSay();
  const language = useLanguage();
  const named = (name: string) => answer.parameter?.find((one) => one.name === name);
  const pin = named('pin')?.valueString;
  const code = named('code')?.valueString ?? '';
  const facts = [
    { name: say(ACTIVATE.sheetFor), value: nameOrUnknown(patient, say) },
    {
      name: say(ACTIVATE.sheetCode),
      value: <span class="rr-code">{shortCodeText(code)}</span>,
    },
    ...(pin === undefined ? [] : [{ name: say(ACTIVATE.sheetPin), value: <span class="rr-code">{pin}</span> }]),
    { name: say(ACTIVATE.sheetUntil), value: patientTime(named('expires')?.valueInstant ?? '', language) },
  ];
  const steps = [
    say(ACTIVATE.sheetStep1, { url }),
    say(pin === undefined ? ACTIVATE.sheetStep2 : ACTIVATE.sheetStep2Pin),
    say(ACTIVATE.sheetStep3),
  ];
  return (
    <>
      <Notice kind="good">
        <p>{say(ACTIVATE.printNow)}</p>
      </Notice>
      <PrintSheet by={by}>
        <Facts facts={facts} />
        <h2>{say(ACTIVATE.sheetSteps)}</h2>
        <ol>
          {steps.map((step) => (
            <li>{step}</li>
          ))}
        </ol>
        <QrCode text={`${url}?codigo=${code}`} label={ACTIVATE.sheetScan} />
        <p>{say(ACTIVATE.sheetScan)}</p>
        <p>{say(ACTIVATE.sheetKeep)}</p>
        <p>{say(ACTIVATE.sheetForgot)}</p>
      </PrintSheet>
      <LinkButton label={ACTIVATE.toRecord} href={`/pacientes/${patient.id ?? ''}`} />
    </>
  );
}
