/** Lines that only say that something else failed or stopped: package managers, supervisors, process managers, wrappers, restarts. */

const shells: RegExp[] = [
  /^npm (?:ERR!|error|verb|WARN|warn|notice)/,
  /^(?:error|info) (?:Command failed with (?:exit code|signal)|Visit https:\/\/yarnpkg)/,
  /^(?:ELIFECYCLE|\u2009?ELIFECYCLE|ERR_PNPM_)/,
  /Command failed with exit code|Command failed with signal|exited with (?:exit )?code \d|exit status \d+(?:;|$)|exited with status|Exit status \d|returned non-zero exit status|returned a non-zero code/,
  /^(?:make|gmake)(?:\[\d+\])?: \*\*\*/,
  /Worker failed to boot|HaltServer|^Shutting down: Master|^Reason: Worker|Exception in worker process|Worker exiting \(pid|Booting worker with pid/,
  /^\[?(?:s6-|cont-init|cont-finish|services\.d|fix-attrs|tini|dumb-init|supervise)|^s6-|^\[(?:FATAL|WARN) tini/,
  /^(?:spawned|success|exited|gave up|stopped|waiting for): |^supervisord? |entered FATAL state|entered RUNNING state|^Server '.*' running without any HTTP authentication/,
  /^(?:\d+\|[\w-]+ *\| )?PM2 |^PM2\s/,
  /See (?:stack trace|root cause) ?\(?above\)?|see root cause above|root cause above|EngineDeadError|EngineCore encountered an issue|Engine core initialization failed|engine process failed to start/i,
  /ShardCannotStart|Shard \d+ failed to start|Shard complete standard error output/,
  /^Application startup failed\. Exiting|^Application run failed$|^Hosting failed to start|^Application startup failed$/,
  /Unexpected exception, exiting abnormally|Fatal error during .{0,40}startup|Exiting Kafka due to fatal|shutdown broker because|Shutdown broker because/i,
  /^Stream closed EOF|^sending SIGTERM to all processes|^terminated by SIG|^exited with code \d/,
  /Crash dump is being written|^init terminating in do_boot|^Kernel pid terminated|^heart: /,
  /^\[nodemon\] app crashed|^\[nodemon\] clean exit|^Failed running '|^error: script ".{0,80}" exited with code/,
  /^Process exited with status|^State changed from/,
  /^command terminated with exit code|^\[ERROR\] command finished with error|^Exiting PID1|^Main process exited/,
];
/** True where a line is only the shell around a cause. */
export function isShell(text: string): boolean {
  const start = text.length > 300 ? text.slice(0, 300) : text;
  return shells.some((shell) => shell.test(start));
}

const stops =
  /\bSIG(?:TERM|QUIT|INT|HUP)\b|signal (?:15|3|2)\b|terminated by signal 15|got (?:terminate|interrupt)|received (?:signal|shutdown|termination|terminate|interrupt|stop)|(?:fast|smart) shutdown request|shutting down|shut down|shutdown (?:complete|requested|signal|initiated|now|hook)|graceful(?:ly)? (?:shut|stop|exit|terminat)|stopping|stopped|bye(?: bye)?\b|goodbye|exiting|draining|terminating|closing (?:server|connection|down|http)|Application is shutting down|ready to exit|deregister|Exiting with 0|Finished server process|Application shutdown complete|Waiting for (?:connections|background tasks|workers) to|all done/i;
/** Words of an orderly stop. */
export function isStop(text: string): boolean {
  return stops.test(text.length > 400 ? text.slice(0, 400) : text);
}
const ordered =
  /\bSIG(?:TERM|QUIT|INT)\b|signal (?:15|3|2)\b|got (?:terminate|interrupt)|received (?:signal|shutdown|termination|terminate|interrupt|stop)|(?:fast|smart|immediate) shutdown request|shutdown (?:requested|signal|initiated|request)|Application is shutting down|Shutting down server|graceful(?:ly)? (?:shut|stop|exit|terminat)|Commencing graceful shutdown|User requested shutdown/i;
/** Words by which a program says that it was told to stop. */
export function saysTold(text: string): boolean {
  return ordered.test(text.length > 400 ? text.slice(0, 400) : text);
}
