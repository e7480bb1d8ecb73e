import { Hono } from 'hono'
import type { Deps } from '../deps.ts'
import { mcpOverHttp } from '../serving/mcpOverHttp.ts'
import type { OfferedFlow } from '../serving/mcpServer.ts'
import { untilEnded } from '../serving/runOutcome.ts'
import type { createStarts } from '../starts/startOnce.ts'
import type { Scope } from '../tokens/tokens.ts'
import { readJson } from './body.ts'
import { ApiProblem } from './problems.ts'

const LABEL = 'production'
/** Who comes with the server's own token. */
const OWNER = 'owner'

/** `/mcp`: each flow with a version labelled `production` as one tool, by the Model Context Protocol (Streamable HTTP). */
export function mcpRoutes(
  {
    store: { flows, log },
    documents,
    engine,
    version,
    log: logger,
    stopping,
  }: Pick<Deps, 'store' | 'documents' | 'engine' | 'version' | 'log' | 'stopping'>,
  { start }: ReturnType<typeof createStarts>,
) {
  const scopes = new WeakMap<Request, Scope>()
  const runOf =
    (flowId: string): OfferedFlow['run'] =>
    async (given, { signal, onEvent }) => {
      const started = await start({ ...given, flowId, label: LABEL })
      if (!started.ok)
        return {
          runId: null,
          status: 'failed',
          output: null,
          error: { code: 'internal', message: started.error.message },
        }
      const runId = started.value
      const cancel = () => void engine.cancel(runId)
      signal.addEventListener('abort', cancel)
      if (signal.aborted) cancel()
      try {
        const ended = await untilEnded(log, runId, { signal: stopping, onEvent })
        return (
          ended ?? {
            runId,
            status: 'running',
            output: null,
            error: { code: 'internal', message: 'the server stops; the run goes on when it starts again' },
          }
        )
      } finally {
        signal.removeEventListener('abort', cancel)
      }
    }
  const offered = async (request: Request): Promise<OfferedFlow[]> => {
    const scope = scopes.get(request)
    const published = (await flows.labelledAll(LABEL)).filter(({ id }) => !scope || scope.flowId === id)
    return published.flatMap(({ id, flow: document }) => {
      const flow = documents.parse(document)
      return flow.ok ? [{ flow: flow.value, run: runOf(id) }] : []
    })
  }
  const answer = mcpOverHttp(offered, {
    version,
    onFault: (err) => logger.warn({ err }, 'an MCP request could not be served'),
  })
  return new Hono<{ Variables: { scope?: Scope } }>().all('/', async (c) => {
    // The cookie is for the page: another page of this machine must not be able to lend it.
    if (c.req.header('authorization') === undefined)
      throw new ApiProblem('unauthorized', 'MCP needs the token as "Authorization: Bearer …".')
    const scope = c.get('scope')
    const request = c.req.raw
    if (scope) scopes.set(request, scope)
    const client = scope?.tokenId ?? OWNER
    return answer(request, c.req.method === 'POST' ? { client, body: await readJson(c) } : { client })
  })
}
