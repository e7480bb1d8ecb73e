import { data, order } from '../../testing/runWith.ts'
import { answer, call, flowOf, type LabelledScene, message, reads, writes } from './scene.ts'

const cities = {
  get_weather: (args: Record<string, unknown>) => ({
    ms: 300,
    result: { city: args.city, celsius: 21.5 + String(args.city).length },
  }),
}
const weather = flowOf([reads('get_weather')])
const mixed = flowOf([reads('get_weather'), reads('get_news'), reads('get_rates')])
const mixedTools = {
  ...cities,
  get_news: { ms: 400, result: { headline: 'Harbour reopens' } },
  get_rates: { ms: 200, result: { usd: 1.0842 } },
}

export const turnScenes: LabelledScene[] = [
  {
    name: 'two cities in two turns',
    flow: weather,
    input: 'Weather in Oslo and in Lisbon?',
    turns: [
      message(call('get_weather', { city: 'Oslo' })),
      message(call('get_weather', { city: 'Lisbon' })),
      answer('25.5 and 27.5.'),
    ],
    tools: cities,
    finds: ['serial_turns'],
  },
  {
    name: 'three different lookups in three turns',
    flow: mixed,
    input: 'Weather in Oslo, the news, and the dollar.',
    turns: [
      message(call('get_weather', { city: 'Oslo' })),
      message(call('get_news')),
      message(call('get_rates')),
      answer('25.5 degrees; Harbour reopens; 1.0842.'),
    ],
    tools: mixedTools,
    finds: ['serial_turns'],
  },
  {
    name: 'a pair of calls follows another pair it does not need',
    flow: mixed,
    input: 'Weather in Oslo and Lisbon, the news, and the dollar.',
    turns: [
      message(call('get_weather', { city: 'Oslo' }), call('get_weather', { city: 'Lisbon' })),
      message(call('get_news'), call('get_rates')),
      answer('25.5 and 27.5; Harbour reopens; 1.0842.'),
    ],
    tools: mixedTools,
    finds: ['serial_turns'],
  },
  {
    name: 'one call a turn because the flow says so',
    flow: flowOf([reads('get_weather')], [], { parallelism: 'serial' }),
    input: 'Weather in Oslo and in Lisbon?',
    turns: [
      message(call('get_weather', { city: 'Oslo' })),
      message(call('get_weather', { city: 'Lisbon' })),
      answer('25.5 and 27.5.'),
    ],
    tools: cities,
    finds: ['serial_turns'],
  },
  {
    name: 'writes that nothing connects, one after the other',
    flow: flowOf([writes('create_ticket'), writes('post_note')]),
    input: 'Open a ticket "printer" and post the note "away".',
    turns: [
      message(call('create_ticket', { title: 'printer' })),
      message(call('post_note', { text: 'away' })),
      answer('Done.'),
    ],
    tools: { create_ticket: { ms: 200, result: { ticket: 'TK-88' } }, post_note: { ms: 200, result: { ok: true } } },
    finds: ['serial_turns'],
  },
  {
    name: 'the second turn uses what the first found',
    flow: flowOf([reads('find_user'), reads('list_orders')]),
    input: 'What did Ada order?',
    turns: [
      message(call('find_user', { name: 'Ada' })),
      message(call('list_orders', { user: 'u-7731' })),
      answer('A difference engine.'),
    ],
    tools: {
      find_user: { ms: 200, result: { id: 'u-7731' } },
      list_orders: { ms: 200, result: ['difference engine'] },
    },
    finds: [],
  },
  {
    name: 'one of the second turn’s calls uses what the first found',
    flow: flowOf([reads('find_user'), reads('list_orders'), reads('get_news')]),
    input: 'What did Ada order, and what is new?',
    turns: [
      message(call('find_user', { name: 'Ada' })),
      message(call('list_orders', { user: 'u-7731' }), call('get_news')),
      answer('A difference engine; Harbour reopens.'),
    ],
    tools: {
      find_user: { ms: 200, result: { id: 'u-7731' } },
      list_orders: { ms: 200, result: ['difference engine'] },
      get_news: { ms: 200, result: 'Harbour reopens' },
    },
    finds: [],
  },
  {
    name: 'an edge orders the turns',
    flow: flowOf([writes('reserve'), writes('confirm')], [order('reserve', 'confirm')]),
    turns: [message(call('reserve', { room: 12 })), message(call('confirm', { room: 12 })), answer('Done.')],
    tools: { reserve: { ms: 200, result: { ok: true } }, confirm: { ms: 200, result: { ok: true } } },
    finds: [],
  },
  {
    name: 'edges order them over a tool between',
    flow: flowOf(
      [reads('a_list'), reads('b_pick'), reads('c_show')],
      [data('a_list', 'b_pick'), order('b_pick', 'c_show')],
    ),
    turns: [message(call('a_list')), message(call('c_show', { page: 1 })), answer('Seventeen entries; gallery.')],
    tools: { a_list: { ms: 100, result: { entries: 'seventeen' } }, c_show: { ms: 100, result: { view: 'gallery' } } },
    finds: [],
  },
  {
    name: 'after a failure the model tries something else',
    flow: mixed,
    input: 'Something new, please.',
    turns: [message(call('get_news')), message(call('get_rates')), answer('No news; 1.0842.')],
    tools: { ...mixedTools, get_news: { ms: 200, fails: 'the paper is on strike' } },
    finds: [],
  },
  {
    name: 'an address found in one turn is asked for in the next',
    flow: flowOf([reads('search'), reads('fetch_page')]),
    input: 'Who won?',
    turns: [
      message(call('search', { q: 'who won' })),
      message(call('fetch_page', { url: 'https://paper.example/finals' })),
      answer('The Gulls won.'),
    ],
    tools: {
      search: { ms: 300, result: { hits: [{ url: 'https://paper.example/finals', title: 'Finals' }] } },
      fetch_page: { ms: 300, result: { text: 'The Gulls won.' } },
    },
    finds: [],
  },
  // --- repeats
  {
    name: 'the same question twice in one turn',
    flow: weather,
    turns: [
      message(call('get_weather', { city: 'Oslo' }), call('get_weather', { city: 'Oslo' })),
      answer('25.5 degrees.'),
    ],
    tools: cities,
    finds: ['duplicate_calls'],
  },
  {
    name: 'the same question with its keys in another order',
    flow: flowOf([reads('get_route')]),
    turns: [
      message(call('get_route', { from: 'A', to: 'B' }), call('get_route', { to: 'B', from: 'A' })),
      answer('Along Ringstrasse.'),
    ],
    tools: { get_route: { ms: 300, result: { way: 'Ringstrasse' } } },
    finds: ['duplicate_calls'],
  },
  {
    name: 'the same question again a turn later, with the same answer',
    flow: mixed,
    turns: [
      message(call('get_rates'), call('get_news')),
      message(call('get_rates')),
      answer('Harbour reopens; 1.0842.'),
    ],
    tools: mixedTools,
    finds: ['duplicate_calls'],
  },
  {
    name: 'a ticket is opened twice',
    flow: flowOf([writes('create_ticket')]),
    turns: [
      message(call('create_ticket', { title: 'printer' }), call('create_ticket', { title: 'printer' })),
      answer('Opened.'),
    ],
    tools: { create_ticket: (_args, nth) => ({ ms: 200, result: { ticket: `TK-${nth}` } }) },
    finds: ['duplicate_calls'],
  },
  {
    name: 'equal calls that share one execution cost nothing',
    flow: flowOf([reads('get_weather', { policy: { cache: 'run' } })]),
    turns: [
      message(call('get_weather', { city: 'Oslo' }), call('get_weather', { city: 'Oslo' })),
      answer('25.5 degrees.'),
    ],
    tools: cities,
    finds: [],
  },
  {
    name: 'a call that failed is tried again',
    flow: weather,
    turns: [
      message(call('get_weather', { city: 'Oslo' })),
      message(call('get_weather', { city: 'Oslo' })),
      answer('25.5 degrees.'),
    ],
    tools: {
      get_weather: (_args, nth) => (nth === 1 ? { ms: 100, fails: 'busy' } : { ms: 100, result: { celsius: 25.5 } }),
    },
    finds: [],
  },
  {
    name: 'a job that is watched until it is done',
    flow: flowOf([writes('start_job'), reads('job_status')], [order('start_job', 'job_status')]),
    turns: [
      message(call('start_job')),
      message(call('job_status', { id: 'j-55' })),
      message(call('job_status', { id: 'j-55' })),
      answer('The job is finished.'),
    ],
    tools: {
      start_job: { ms: 100, result: { id: 'j-55' } },
      job_status: (_args, nth) => ({ ms: 100, result: { state: nth === 1 ? 'running' : 'finished' } }),
    },
    finds: [],
  },
  {
    name: 'the next page is asked for without arguments',
    flow: flowOf([writes('next_page')], [data('next_page', 'next_page')]),
    turns: [message(call('next_page')), message(call('next_page')), answer('Alpha and omega.')],
    tools: { next_page: (_args, nth) => ({ ms: 100, result: nth === 1 ? 'alpha' : 'omega' }) },
    finds: [],
  },
  // --- calls nobody needed, and calls that were left out
  {
    name: 'a search whose hits nobody used',
    flow: mixed,
    input: 'Weather in Oslo?',
    turns: [message(call('get_weather', { city: 'Oslo' }), call('get_news')), answer('25.5 degrees.')],
    tools: mixedTools,
    finds: ['over_call'],
  },
  {
    name: 'five cities for a question about one',
    flow: weather,
    input: 'Is it warm in Oslo?',
    turns: [
      message(...['Oslo', 'Rome', 'Bern', 'Geneva'].map((city) => call('get_weather', { city }))),
      answer('Yes: 25.5 degrees in Oslo.'),
    ],
    tools: {
      get_weather: (args) => ({
        ms: 300,
        result: { celsius: args.city === 'Oslo' ? 25.5 : 31.25, station: `${args.city}-central` },
      }),
    },
    finds: ['over_call'],
  },
  {
    name: 'a lookup in a later turn that changes nothing',
    flow: flowOf([reads('find_user'), reads('list_orders'), reads('get_news')]),
    input: 'What did Ada order?',
    turns: [
      message(call('find_user', { name: 'Ada' })),
      message(call('list_orders', { user: 'u-7731' }), call('get_news', { about: 'u-7731' })),
      answer('A difference engine.'),
    ],
    tools: {
      find_user: { ms: 200, result: { id: 'u-7731' } },
      list_orders: { ms: 200, result: ['difference engine'] },
      get_news: { ms: 900, result: 'Harbour reopens' },
    },
    finds: ['over_call'],
  },
  {
    name: 'a number is told as someone would round it',
    flow: weather,
    input: 'Weather in Oslo?',
    turns: [message(call('get_weather', { city: 'Oslo' })), answer('About 26 degrees.')],
    tools: { get_weather: { ms: 300, result: { celsius: 25.52 } } },
    finds: [],
  },
  {
    name: 'what only says yes was used to decide',
    flow: flowOf([reads('is_open')]),
    turns: [message(call('is_open', { place: 'museum' })), answer('Yes, you can go.')],
    tools: { is_open: { ms: 100, result: { open: true } } },
    finds: [],
  },
  {
    name: 'nothing found is an answer, too',
    flow: flowOf([reads('search')]),
    turns: [message(call('search', { q: 'unicorns' })), answer('There are none.')],
    tools: { search: { ms: 100, result: [] } },
    finds: [],
  },
  {
    name: 'a write whose receipt nobody mentions',
    flow: flowOf([writes('post_note')]),
    turns: [message(call('post_note', { text: 'away' })), answer('Done.')],
    tools: { post_note: { ms: 100, result: { receipt: 'N-2231' } } },
    finds: [],
  },
  {
    name: 'a check that an edge puts before the booking was left out',
    flow: flowOf([reads('check_budget'), writes('book')], [order('check_budget', 'book')]),
    turns: [message(call('book', { city: 'Vienna' })), answer('Booked.')],
    tools: { book: { ms: 300, result: { booking: 'T-4821' } } },
    finds: ['skipped_call'],
  },
  {
    name: 'the instructions name a tool that was not called',
    flow: flowOf([reads('get_weather'), writes('send_report')], [], {
      system: 'Answer questions on the weather. Always finish with send_report.',
    }),
    turns: [message(call('get_weather', { city: 'Oslo' })), answer('25.5 degrees.')],
    tools: cities,
    finds: ['skipped_call'],
  },
  {
    name: 'the request names a tool that was not called',
    flow: mixed,
    input: 'Use get_weather for Oslo and get_rates for the dollar.',
    turns: [message(call('get_weather', { city: 'Oslo' })), answer('25.5 degrees.')],
    tools: mixedTools,
    finds: ['skipped_call'],
  },
  {
    name: 'the instructions forbid a tool',
    flow: flowOf([reads('get_weather'), writes('send_report')], [], {
      system: 'Answer questions. Do not use send_report.',
    }),
    turns: [message(call('get_weather', { city: 'Oslo' })), answer('25.5 degrees.')],
    tools: cities,
    finds: [],
  },
  {
    name: 'the instructions name a tool for a case that did not arise',
    flow: flowOf([reads('get_weather'), writes('send_report')], [], {
      system: 'If the user asks for it, call send_report.',
    }),
    turns: [message(call('get_weather', { city: 'Oslo' })), answer('25.5 degrees.')],
    tools: cities,
    finds: [],
  },
  {
    name: 'a reading tool may go without the one before it',
    flow: flowOf([reads('geocode'), reads('get_weather')], [order('geocode', 'get_weather')]),
    turns: [message(call('get_weather', { city: 'Oslo' })), answer('25.5 degrees.')],
    tools: cities,
    finds: [],
  },
]
