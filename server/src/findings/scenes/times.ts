import { aTool, order } from '../../testing/runWith.ts'
import { answer, call, flowOf, type LabelledScene, message, reads, writes } from './scene.ts'

const sites = ['alpha', 'bravo', 'carol', 'delta', 'echo', 'fox']
const visit = (count: number) => message(...sites.slice(0, count).map((site) => call('fetch_site', { site })))
const heard = answer(sites.map((site) => `${site}-said`).join(' '))
const fetchedIn = (ms: (site: string) => number) => ({
  fetch_site: (args: Record<string, unknown>) => ({ ms: ms(String(args.site)), result: `${args.site}-said` }),
})
const network = { ok: false, code: 'network', message: 'no answer', retry: true } as const

export const timeScenes: LabelledScene[] = [
  {
    name: 'one site of five is ten times slower',
    flow: flowOf([reads('fetch_site')]),
    turns: [visit(5), heard],
    tools: fetchedIn((site) => (site === 'carol' ? 3000 : 300)),
    finds: ['straggler'],
  },
  {
    name: 'the slow one is of another tool',
    flow: flowOf([reads('fetch_site'), reads('deep_search')]),
    turns: [
      message(call('deep_search', { q: 'harbour' }), ...sites.slice(0, 3).map((site) => call('fetch_site', { site }))),
      answer(
        `${'alpha bravo carol'
          .split(' ')
          .map((site) => `${site}-said`)
          .join(' ')}; piers`,
      ),
    ],
    tools: { ...fetchedIn(() => 200), deep_search: { ms: 2000, result: 'piers' } },
    finds: ['straggler'],
  },
  {
    name: 'all take about as long',
    flow: flowOf([reads('fetch_site')]),
    turns: [visit(5), heard],
    tools: fetchedIn((site) => 300 + site.length * 20),
    finds: [],
  },
  {
    name: 'a chain takes long without one call being slow',
    flow: flowOf([writes('stage'), writes('build'), writes('ship')], [order('stage', 'build'), order('build', 'ship')]),
    turns: [message(call('stage'), call('build'), call('ship')), answer('Done.')],
    tools: { stage: { ms: 400 }, build: { ms: 500 }, ship: { ms: 450 } },
    finds: [],
  },
  {
    name: 'two calls of different length are no outlier',
    flow: flowOf([reads('fetch_site')]),
    turns: [visit(2), heard],
    tools: fetchedIn((site) => (site === 'alpha' ? 900 : 300)),
    finds: [],
  },
  // --- caps
  {
    name: 'a tool may run two at once and six are asked for',
    flow: flowOf([reads('fetch_site', { policy: { concurrency: 2 } })]),
    turns: [visit(6), heard],
    tools: fetchedIn(() => 500),
    finds: ['concurrency_bound'],
  },
  {
    name: 'the flow may run one at once and four are asked for',
    flow: flowOf([reads('fetch_site')], [], { limits: { concurrency: 1 } }),
    turns: [visit(4), heard],
    tools: fetchedIn(() => 400),
    finds: ['concurrency_bound'],
  },
  {
    name: 'the cap is larger than what is asked for',
    flow: flowOf([reads('fetch_site', { policy: { concurrency: 8 } })]),
    turns: [visit(6), heard],
    tools: fetchedIn(() => 500),
    finds: [],
  },
  {
    name: 'the cap costs nothing, since calls come no faster than they end',
    flow: flowOf([reads('fetch_site', { policy: { concurrency: 2 } })]),
    turns: [visit(6), heard],
    tools: fetchedIn(() => 60),
    finds: [],
  },
  {
    name: 'calls of one account go one at a time on purpose',
    flow: flowOf([aTool('transfer', { policy: { exclusive: 'account' } })]),
    turns: [
      message(call('transfer', { to: 'Ada' }), call('transfer', { to: 'Bob' }), call('transfer', { to: 'Cid' })),
      answer('Done.'),
    ],
    tools: { transfer: { ms: 400, result: { ok: true } } },
    finds: [],
  },
  // --- people
  {
    name: 'a person takes five seconds to approve',
    flow: flowOf([writes('pay', { policy: { approval: 'always' } })]),
    turns: [message(call('pay', { amount: 12 })), answer('Paid.')],
    tools: { pay: { ms: 200, result: { ok: true } } },
    approve: [{ at: 5280, call: 1 }],
    finds: ['approval_stall'],
  },
  {
    name: 'a lookup has to be approved, and the rest waits for it',
    flow: flowOf([reads('peek', { policy: { approval: 'always' } }), writes('act')], [order('peek', 'act')]),
    turns: [message(call('peek'), call('act')), answer('Seen: lighthouse. Done.')],
    tools: { peek: { ms: 100, result: 'lighthouse' }, act: { ms: 100, result: { ok: true } } },
    approve: [{ at: 2000, call: 1 }],
    finds: ['approval_stall'],
  },
  {
    name: 'the approval comes while other calls take longer anyway',
    flow: flowOf([writes('pay', { policy: { approval: 'always' } }), reads('long_report')]),
    turns: [message(call('pay', { amount: 12 }), call('long_report')), answer('Paid; the report says seaworthy.')],
    tools: { pay: { ms: 100, result: { ok: true } }, long_report: { ms: 4000, result: 'seaworthy' } },
    approve: [{ at: 1500, call: 1 }],
    finds: [],
  },
  {
    name: 'the approval comes at once',
    flow: flowOf([writes('pay', { policy: { approval: 'always' } })]),
    turns: [message(call('pay', { amount: 12 })), answer('Paid.')],
    tools: { pay: { ms: 800, result: { ok: true } } },
    approve: [{ at: 300, call: 1 }],
    finds: [],
  },
  // --- attempts
  {
    name: 'two attempts fail before the third succeeds',
    flow: flowOf([reads('fetch_site')]),
    turns: [visit(1), heard],
    tools: {
      fetch_site: (_args, nth) => (nth < 3 ? { ms: 200, outcome: network } : { ms: 200, result: 'alpha-said' }),
    },
    finds: ['retry_cost'],
  },
  {
    name: 'all attempts fail',
    flow: flowOf([reads('fetch_site')]),
    turns: [visit(1), answer('There is no answer.')],
    tools: { fetch_site: { ms: 100, outcome: network } },
    finds: ['retry_cost'],
  },
  {
    name: 'a call that fails at once is not tried again',
    flow: flowOf([writes('push')]),
    turns: [message(call('push')), answer('It failed.')],
    tools: { push: { ms: 100, outcome: network } },
    finds: [],
  },
  // --- sizes
  {
    name: 'a result is cut before the model',
    flow: flowOf([reads('dump', { policy: { maxResultChars: 1000 } })]),
    turns: [message(call('dump')), answer('It begins with zebra.')],
    tools: { dump: { ms: 100, result: `zebra ${'x'.repeat(3000)}` } },
    finds: ['oversized_result'],
  },
  {
    name: 'a result is not cut and very long',
    flow: flowOf([reads('dump', { policy: { maxResultChars: 100_000 } })]),
    turns: [message(call('dump')), answer('It begins with zebra.')],
    tools: { dump: { ms: 100, result: { rows: Array.from({ length: 3000 }, (_, at) => `zebra ${at}`) } } },
    finds: ['oversized_result'],
  },
  {
    name: 'a result of a page is fine',
    flow: flowOf([reads('dump')]),
    turns: [message(call('dump')), answer('It begins with zebra.')],
    tools: { dump: { ms: 100, result: `zebra ${'x'.repeat(3000)}` } },
    finds: [],
  },
  // --- calls that could not run
  {
    name: 'a tool is asked for under another name',
    flow: flowOf([reads('get_weather')]),
    turns: [
      message(call('get_wether', { city: 'Oslo' })),
      message(call('get_weather', { city: 'Oslo' })),
      answer('25.5 degrees.'),
    ],
    tools: { get_weather: { ms: 100, result: 25.5 } },
    finds: ['unknown_tool'],
  },
  {
    name: 'a tool is asked for that never was',
    flow: flowOf([reads('get_weather')]),
    turns: [message(call('order_pizza'), call('get_weather', { city: 'Oslo' })), answer('25.5 degrees, no pizza.')],
    tools: { get_weather: { ms: 100, result: 25.5 } },
    finds: ['unknown_tool'],
  },
  {
    name: 'arguments that are no JSON',
    flow: flowOf([reads('get_weather')]),
    turns: [
      message({ tool: 'get_weather', arguments: '{"city":' }),
      message(call('get_weather', { city: 'Oslo' })),
      answer('25.5 degrees.'),
    ],
    tools: { get_weather: { ms: 100, result: 25.5 } },
    finds: ['invalid_arguments'],
  },
  {
    name: 'a list where an object belongs',
    flow: flowOf([reads('get_weather')]),
    turns: [message({ tool: 'get_weather', arguments: '["Oslo"]' }), answer('I could not ask.')],
    tools: { get_weather: { ms: 100, result: 25.5 } },
    finds: ['invalid_arguments'],
  },
  {
    name: 'a tool that fails is no fault of the model',
    flow: flowOf([reads('get_weather')]),
    turns: [message(call('get_weather', { city: 'Oslo' })), answer('The service is down.')],
    tools: { get_weather: { ms: 100, fails: 'the station is closed' } },
    finds: [],
  },
  {
    name: 'a refused approval is no finding',
    flow: flowOf([reads('get_weather')]),
    turns: [answer('Hello.')],
    tools: {},
    finds: [],
  },
]
