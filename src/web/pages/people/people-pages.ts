import type { Page } from '../../page.js';
import { allergyForm, noteAllergy } from './allergy-page.js';
import { editForm, editPerson } from './edit-page.js';
import { findPage } from './find-page.js';
import { linkPage } from './link-page.js';
import { openVisitPage } from './open-visit.js';
import { noteProblem, problemForm } from './problem-page.js';
import { recordPage } from './record-page.js';
import { registerForm, registerPerson } from './register-page.js';

/** People: find, register, the record. Fixed paths stand before `/pacientes/:id`. */
export const peoplePages: readonly Page[] = [
  findPage,
  openVisitPage,
  registerForm,
  registerPerson,
  recordPage,
  editForm,
  editPerson,
  linkPage,
  allergyForm,
  noteAllergy,
  problemForm,
  noteProblem,
];
