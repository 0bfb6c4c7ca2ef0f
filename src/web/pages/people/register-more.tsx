import type { VNode } from 'preact';
import { LANGUAGES } from '../../../record/catalogue/languages.js';
import { Choices } from '../../components/choices.js';
import { Select } from '../../components/select.js';
import type { PageContext } from '../../page-context.js';
import { codeChoices } from '../../resources/code-choices.js';
import { REGISTER } from '../../texts/people-register.js';
import { type FieldValues, yesChoice } from './register-fields.js';

const ASKED = ['pueblo', 'idioma', 'interprete', 'lectura', 'discapacidad', 'movilidad', 'lejos'] as const;

/** What helps to care for a person and to see who is left behind: folded, never obligatory (design.md 3a.8). */
export function MoreFields({ page, form }: FieldValues & { readonly page: PageContext }): VNode {
  const { say } = page;
  return (
    <details class="rr-fold" open={ASKED.some((name) => form.get(name) !== '')}>
      <summary>{say(REGISTER.more)}</summary>
      <p>{say(REGISTER.moreText)}</p>
      <Select
        name="pueblo"
        label={REGISTER.people}
        hint={REGISTER.peopleHint}
        value={form.get('pueblo')}
        choices={codeChoices(page, 'pueblo')}
      />
      <Select
        name="idioma"
        label={REGISTER.language}
        value={form.get('idioma')}
        choices={LANGUAGES.map(({ code, display }) => ({ value: code, text: display }))}
      />
      <Choices
        name="interprete"
        label={REGISTER.interpreter}
        take="many"
        choices={yesChoice(say(REGISTER.interpreterYes))}
        chosen={form.all('interprete')}
      />
      <Choices
        name="lectura"
        label={REGISTER.literacy}
        choices={codeChoices(page, 'literacy')}
        chosen={[form.get('lectura')]}
      />
      <Choices
        name="discapacidad"
        label={REGISTER.disability}
        take="many"
        choices={codeChoices(page, 'disability')}
        chosen={form.all('discapacidad')}
      />
      <Select
        name="movilidad"
        label={REGISTER.migrant}
        value={form.get('movilidad')}
        choices={codeChoices(page, 'migrant-status')}
      />
      <Choices
        name="lejos"
        label={REGISTER.remote}
        take="many"
        choices={yesChoice(say(REGISTER.remoteYes))}
        chosen={form.all('lejos')}
      />
    </details>
  );
}
