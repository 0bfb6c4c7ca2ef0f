import type { Page } from '../../page.js';
import { dataIndex } from './data-index.js';
import { dataMonth, dataMonthVersion } from './data-month.js';
import { dataTable, dataTableVersion } from './data-table.js';
import { definitions } from './definitions.js';
import { askQuestion, questionForm } from './question-form.js';
import { decideQuestion, questionsDesk } from './questions-desk.js';
import { releaseMonth, takeReleaseStep } from './release-month.js';
import { previewRegions, previewTable } from './release-preview.js';
import { releases } from './releases.js';

/** Publications of the ministry, and the public data pages. Rows with fixed words come before those with places. */
export const statisticsPages: readonly Page[] = [
  releases,
  questionsDesk,
  decideQuestion,
  releaseMonth,
  takeReleaseStep,
  previewRegions,
  previewTable,
  dataIndex,
  definitions,
  questionForm,
  askQuestion,
  dataMonth,
  dataMonthVersion,
  dataTableVersion,
  dataTable,
];
