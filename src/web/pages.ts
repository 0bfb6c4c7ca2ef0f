import type { Page } from './page.js';
import { agendaPages } from './pages/agenda/agenda-pages.js';
import { components } from './pages/components.js';
import { deadlinePages } from './pages/deadlines/deadline-pages.js';
import { hc10Pages } from './pages/hc10/hc10-pages.js';
import { home } from './pages/home.js';
import { changePassword, passwordChanged, passwordForm } from './pages/password.js';
import { patientPages } from './pages/patient/patient-pages.js';
import { peoplePages } from './pages/people/people-pages.js';
import { choosePost, postForm } from './pages/post.js';
import { referralPages } from './pages/referral/referral-pages.js';
import { signInDone } from './pages/sign-in-done.js';
import { signIn, signInForm, startSignIn } from './pages/sign-in.js';
import { signOut } from './pages/sign-out.js';
import { statisticsPages } from './pages/statistics/statistics-pages.js';
import { worklistPages } from './pages/worklists/worklist-pages.js';

/**
 * Every page of the service, once: routes come from here, and the navigation from the rows with `nav` that the role in
 * use may open, in this order.
 *
 * How to write a page: (1) texts in `texts/NAME.ts`, Spanish and English; (2) one file in the folder of its area
 * below `pages/` that exports a `Page` for
 * each of GET and POST; it asks the FHIR engine by `page.fhir` / `page.tryFhir` and gives `view(title, <Body />)` or, after a
 * post, `redirect(path)`; (3) components of `components/` only, seen together at `/componentes`; (4) its rows here.
 * Preact escapes text; never set inner HTML. A form is `<Form action="/path">`: token and method come by themselves.
 */
export const PAGES: readonly Page[] = [
  home,
  ...worklistPages,
  ...agendaPages,
  ...peoplePages,
  ...hc10Pages,
  ...referralPages,
  ...patientPages,
  ...statisticsPages,
  ...deadlinePages,
  startSignIn,
  signInForm,
  signIn,
  signInDone,
  signOut,
  postForm,
  choosePost,
  passwordForm,
  changePassword,
  passwordChanged,
  components,
];
