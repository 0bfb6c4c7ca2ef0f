import type { VNode } from 'preact';
import { dniDoubt, plainDni } from '../../../record/dni.js';
import { Choices } from '../../components/choices.js';
import { TextField } from '../../components/text-field.js';
import { useSay } from '../../language.js';
import { REGISTER } from '../../texts/people-register.js';
import { type Identity, IDENTITIES, identityRow } from './identity-choices.js';
import { type FieldValues, yesChoice } from './register-fields.js';

const IDENTITY_KEYS = Object.keys(IDENTITIES) as readonly Identity[];

/** The DNI, and folded below it what there is instead of one. */
export function PaperFields({ form, errorOf, editing }: FieldValues & { readonly editing: boolean }): VNode {
  const say = useSay();
  const doubt = dniDoubt(form.get('dni'), new Date().getFullYear());
  const odd = plainDni(form.get('dni')) !== '' && (doubt === 'department' || doubt === 'year');
  return (
    <>
      <TextField
        name="dni"
        label={REGISTER.dni}
        hint={REGISTER.dniHint}
        value={form.get('dni')}
        error={errorOf('dni')}
        inputMode="numeric"
        width="medium"
        maxLength={25}
      />
      {odd && (
        <Choices
          name="dni-revisado"
          label={REGISTER.dniSure}
          take="many"
          choices={yesChoice(say(REGISTER.dniChecked))}
          chosen={form.all('dni-revisado')}
        />
      )}
      <details class="rr-fold" open={!['', 'dni'].includes(form.get('clase'))}>
        <summary>{say(REGISTER.without)}</summary>
        <Choices
          name="clase"
          label={REGISTER.kind}
          choices={IDENTITY_KEYS.map((key) => {
            const { label, hint } = identityRow(key);
            return { value: key, text: say(label), ...(hint ? { hint: say(hint) } : {}) };
          })}
          chosen={[form.get('clase')]}
        />
        <TextField
          name="pasaporte"
          label={REGISTER.passport}
          value={form.get('pasaporte')}
          error={errorOf('pasaporte')}
          width="medium"
          maxLength={30}
        />
        {!editing && (
          <>
            <TextField
              name="madre-dni"
              label={REGISTER.mother}
              hint={REGISTER.motherHint}
              value={form.get('madre-dni')}
              error={errorOf('madre-dni')}
              inputMode="numeric"
              width="medium"
              maxLength={25}
            />
            <TextField
              name="madre-nombre"
              label={REGISTER.motherName}
              value={form.get('madre-nombre')}
              maxLength={120}
            />
            <TextField
              name="gemelar"
              label={REGISTER.twin}
              hint={REGISTER.twinHint}
              value={form.get('gemelar')}
              error={errorOf('gemelar')}
              inputMode="numeric"
              width="short"
              maxLength={1}
            />
          </>
        )}
      </details>
    </>
  );
}
