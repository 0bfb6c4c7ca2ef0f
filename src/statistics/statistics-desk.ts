import type { StatisticsContext } from './release/build-release.js';
import { createPublishedData, type PublishedData } from './release/published-data.js';
import { createReleaseDesk, type ReleaseDesk } from './release/release-desk.js';
import { createQuestionDesk, type QuestionDesk } from './questions/question-desk.js';

/** All that pages can ask of the statistics. */
export interface StatisticsDesk {
  readonly releases: ReleaseDesk;
  readonly published: PublishedData;
  readonly questions: QuestionDesk;
}

export const createStatisticsDesk = (context: StatisticsContext): StatisticsDesk => ({
  releases: createReleaseDesk(context),
  published: createPublishedData(context.store),
  questions: createQuestionDesk(context.store),
});
