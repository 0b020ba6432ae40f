import { defineModule } from '../../kernel/module.ts';
import { dropLostConversations } from './conversations/drop-lost-conversations.ts';
import { sourceRoutes } from './knowledge-sources.routes.ts';
import { planDueRuns, removeLostSources } from './plan-due-runs.ts';
import { readerOf, stopReader } from './reading/reader-of.ts';
import { runJobs, type RunJobData } from './run-plan.ts';
import { runAttempts, runSource } from './run-source.ts';
import { sourcePolicies } from './source.policy.ts';
import { sourceBroadcasts } from './tell-source.ts';
import { mostRunMs } from './website/read-website.ts';

export { dropConversation } from './conversations/drop-lost-conversations.ts';
export { guidanceOf } from './guidance.ts';

export const knowledgeSourcesModule = defineModule({
  id: 'knowledge-sources',
  routes: sourceRoutes,
  policies: sourcePolicies,
  broadcasts: sourceBroadcasts,
  start(kernel, context) {
    readerOf(kernel);
    for (const name of Object.values(runJobs)) {
      kernel.jobs.define<RunJobData>(name, (job) => runSource(kernel, job), { attempts: runAttempts, timeoutMs: mostRunMs + 10 * 60_000, concurrency: 3 });
    }
    kernel.jobs.schedule('knowledge-sources.plan', '*/5 * * * *', async () => {
      await removeLostSources(context());
      await planDueRuns(context());
      await dropLostConversations(context());
    });
  },
  stop: stopReader,
});
