import { data, order } from '../../testing/runWith.ts'
import { answer, call, flowOf, type LabelledScene, message, reads, writes } from './scene.ts'

const lookup = [reads('list_hotels'), reads('list_trains')]
const hotels = {
  list_hotels: { ms: 400, result: { hotel: 'Sacher' } },
  list_trains: { ms: 500, result: { train: 'RJX-62' } },
}
const both = message(call('list_hotels', { city: 'Vienna' }), call('list_trains', { city: 'Vienna' }))
const geo = [reads('geocode'), reads('get_forecast')]
const coordinates = {
  geocode: { ms: 200, result: { lat: 48.21, lon: 16.37 } },
  get_forecast: { ms: 300, result: { sky: 'overcast' } },
}

export const edgeScenes: LabelledScene[] = [
  {
    name: 'an order edge between two tools that only read holds one for nothing',
    flow: flowOf(lookup, [order('list_hotels', 'list_trains')]),
    turns: [both, answer('Stay at Sacher, take RJX-62.')],
    tools: hotels,
    finds: ['needless_edge'],
  },
  {
    name: 'an order edge holds three calls at once',
    flow: flowOf([reads('rates'), reads('score')], [order('rates', 'score')]),
    turns: [
      message(call('rates'), ...['Rome', 'Oslo', 'Bern'].map((city) => call('score', { city }))),
      answer('Rate 1.0842. Scores are 71, 82, 93.'),
    ],
    tools: {
      rates: { ms: 800, result: { rate: 1.0842 } },
      score: (_args, nth) => ({ ms: 100, result: { score: 60 + nth * 11 } }),
    },
    finds: ['needless_edge'],
  },
  {
    name: 'a data edge is there and nobody refers along it',
    flow: flowOf([reads('profile'), reads('news')], [data('profile', 'news')]),
    turns: [
      message(call('profile'), call('news', { topic: 'chess' })),
      answer('Ada follows chess; headline: Gambit returns.'),
    ],
    tools: { profile: { ms: 500, result: { name: 'Ada' } }, news: { ms: 200, result: { headline: 'Gambit returns' } } },
    input: 'What is new in chess, and who am I?',
    finds: ['needless_edge'],
  },
  {
    name: 'a data edge to a tool that writes is needless too when nothing is taken along it',
    flow: flowOf([reads('profile'), writes('log_visit')], [data('profile', 'log_visit')]),
    turns: [message(call('profile'), call('log_visit', { page: 'home' })), answer('Logged for Ada.')],
    tools: { profile: { ms: 500, result: { name: 'Ada' } }, log_visit: { ms: 100, result: { ok: true } } },
    input: 'Log my visit to home.',
    finds: ['needless_edge'],
  },
  {
    name: 'only the second of two edges to one tool is needless',
    flow: flowOf([...geo, reads('calendar')], [data('geocode', 'get_forecast'), order('calendar', 'get_forecast')]),
    turns: [
      message(
        call('geocode', { city: 'Vienna' }),
        call('calendar'),
        call('get_forecast', { lat: { from_call: 1, path: 'lat' }, lon: { from_call: 1, path: 'lon' } }),
      ),
      answer('It is overcast on Thursday.'),
    ],
    tools: { ...coordinates, calendar: { ms: 900, result: { day: 'Thursday' } } },
    finds: ['needless_edge'],
  },
  {
    name: 'an order edge before a tool that books is what it is for',
    flow: flowOf([reads('check_budget'), writes('book')], [order('check_budget', 'book')]),
    turns: [message(call('check_budget'), call('book', { city: 'Vienna' })), answer('Booked under T-4821.')],
    tools: { check_budget: { ms: 400, result: { left: 320 } }, book: { ms: 500, result: { booking: 'T-4821' } } },
    finds: [],
  },
  {
    name: 'a data edge with references is used',
    flow: flowOf(geo, [data('geocode', 'get_forecast')]),
    turns: [
      message(call('geocode', { city: 'Vienna' }), call('get_forecast', { lat: { from_call: 1, path: 'lat' } })),
      answer('It is overcast.'),
    ],
    tools: coordinates,
    finds: [],
  },
  {
    name: 'a mapped edge is used without a word of the model',
    flow: flowOf(
      [
        reads('geocode'),
        reads('get_forecast', { parameters: { type: 'object', properties: { lat: { type: 'number' } } } }),
      ],
      [data('geocode', 'get_forecast', { map: { lat: 'lat' } })],
    ),
    turns: [message(call('geocode', { city: 'Vienna' }), call('get_forecast', {})), answer('It is overcast.')],
    tools: coordinates,
    finds: [],
  },
  {
    name: 'an edge whose source was not called holds nobody',
    flow: flowOf(lookup, [order('list_hotels', 'list_trains')]),
    turns: [message(call('list_trains', { city: 'Vienna' })), answer('Take RJX-62.')],
    tools: hotels,
    finds: [],
  },
  {
    name: 'an edge between turns holds nobody',
    flow: flowOf(lookup, [order('list_hotels', 'list_trains')]),
    turns: [
      message(call('list_hotels', { city: 'Vienna' })),
      message(call('list_trains', { city: 'Vienna', near: 'Sacher' })),
      answer('Stay at Sacher, take RJX-62.'),
    ],
    tools: hotels,
    finds: [],
  },
  {
    name: 'independent calls at once: nothing to say',
    flow: flowOf(lookup),
    turns: [both, answer('Stay at Sacher, take RJX-62.')],
    tools: hotels,
    finds: [],
  },
  // --- a value that was guessed
  {
    name: 'coordinates are guessed although the edge gives them',
    flow: flowOf(geo, [data('geocode', 'get_forecast')]),
    turns: [
      message(call('geocode', { city: 'Vienna' }), call('get_forecast', { lat: 48.1, lon: 16.2 })),
      answer('It is overcast at 48.21, 16.37.'),
    ],
    tools: coordinates,
    finds: ['premature_dependent'],
  },
  {
    name: 'a placeholder stands where the value of another call belongs',
    flow: flowOf([reads('find_user'), writes('send_mail')], [data('find_user', 'send_mail')]),
    turns: [
      message(call('find_user', { name: 'Ada' }), call('send_mail', { email: 'UNKNOWN', text: 'Hello' })),
      answer('Sent to ada@analytical.example.'),
    ],
    tools: {
      find_user: { ms: 200, result: { email: 'ada@analytical.example' } },
      send_mail: { ms: 100, result: { ok: true } },
    },
    finds: ['premature_dependent'],
  },
  {
    name: 'in batch a mapped parameter is guessed, since nothing is mapped there',
    flow: flowOf(
      [
        reads('geocode'),
        reads('get_forecast', { parameters: { type: 'object', properties: { lat: { type: 'number' } } } }),
      ],
      [data('geocode', 'get_forecast', { map: { lat: 'lat' } })],
      { parallelism: 'batch' },
    ),
    turns: [
      message(call('geocode', { city: 'Vienna' }), call('get_forecast', { lat: 40.5 })),
      answer('Overcast; 48.21, 16.37.'),
    ],
    tools: coordinates,
    finds: ['premature_dependent'],
  },
  {
    name: 'the dependent comes a turn before its source',
    flow: flowOf(geo, [data('geocode', 'get_forecast')]),
    turns: [
      message(call('get_forecast', { lat: 12.5, lon: 99.25 })),
      message(call('geocode', { city: 'Vienna' })),
      answer('It is overcast at 48.21, 16.37.'),
    ],
    tools: coordinates,
    finds: ['premature_dependent', 'serial_turns'],
  },
  {
    name: 'coordinates from the request are no guess, though the geocoder is asked as well; the edge holds them up for nothing',
    flow: flowOf(geo, [data('geocode', 'get_forecast')]),
    input: 'Forecast for 52.52, 13.41, and where is Vienna?',
    turns: [
      message(call('geocode', { city: 'Vienna' }), call('get_forecast', { lat: 52.52, lon: 13.41 })),
      answer('Overcast. Vienna is at 48.21, 16.37.'),
    ],
    tools: coordinates,
    finds: ['needless_edge'],
  },
  {
    name: 'coordinates read off an earlier turn are known',
    flow: flowOf(geo, [data('geocode', 'get_forecast')]),
    turns: [
      message(call('geocode', { city: 'Vienna' })),
      message(call('get_forecast', { lat: 48.21, lon: 16.37 })),
      answer('It is overcast.'),
    ],
    tools: coordinates,
    finds: [],
  },
]
