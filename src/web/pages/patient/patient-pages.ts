import type { Page } from '../../page.js';
import { activate, activateForm } from './activate.js';
import { chooseAccount, chooseAccountForm } from './choose-account.js';
import { clinicCode, clinicCodeForm } from './clinic-code.js';
import { follow, followed, followedCalendar, followedEnd, followForm } from './follow.js';
import { myAccesses } from './my-accesses.js';
import { myData } from './my-data.js';
import { myRecord } from './my-record.js';
import { myCalendar, myReferral } from './my-referral.js';
import { myReferrals } from './my-referrals.js';
import { myStudies } from './my-studies.js';
import { myVaccines } from './my-vaccines.js';
import { visitPages } from './my-visit.js';

/** Patients: by paper code, activation of an account, the own record. */
export const patientPages: readonly Page[] = [
  followForm,
  follow,
  followed,
  followedCalendar,
  followedEnd,
  activateForm,
  activate,
  chooseAccountForm,
  chooseAccount,
  clinicCodeForm,
  clinicCode,
  myRecord,
  myReferrals,
  myReferral,
  myCalendar,
  ...visitPages,
  myStudies,
  myVaccines,
  myAccesses,
  myData,
];
