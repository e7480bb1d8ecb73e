import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { planTurn } from './planTurn.ts'
import { simulatedRequestSchema } from './request.ts'

const text = { type: 'string' }
const number = { type: 'number' }
const integer = { type: 'integer' }
/** A parameter as the engine shows it where a reference may stand for its value. */
const referable = (schema: object) => ({
  anyOf: [schema, { type: 'object', properties: { from_call: integer, path: text }, required: ['from_call'] }],
})
const tool = (name: string, description: string, properties: object = {}, required = Object.keys(properties)) => ({
  type: 'function',
  function: { name, description, parameters: { type: 'object', properties, required } },
})
const weather = tool('get_weather', 'Current weather of a city.', { city: text })
const geocode = tool('geocode', 'Coordinates of a place.', { city: text })

type Call = [tool: string, given: Record<string, unknown>]
interface Options {
  system?: string
  more?: object
  answers?: (tool: string, given: Record<string, unknown>) => unknown
}

/** Plays a whole conversation: the calls of every turn, and the answer at the end. */
function play(
  tools: object[],
  input: string,
  { system = '', more = {}, answers = () => ({ ok: true }) }: Options = {},
) {
  const messages: object[] = [
    { role: 'system', content: system },
    { role: 'user', content: input },
  ]
  const turns: Call[][] = []
  for (let turn = 0; turn < 30; turn++) {
    const said = planTurn(
      simulatedRequestSchema.parse({ model: 'simulated-1', stream: true, messages, tools, ...more }),
    )
    if (said.calls.length === 0) return { turns, answer: said.text }
    const calls = said.calls.map((call): Call => [call.tool, JSON.parse(call.argumentsText)])
    turns.push(calls)
    messages.push({
      role: 'assistant',
      content: said.text,
      tool_calls: said.calls.map((call, at) => ({
        id: `${turn}.${at}`,
        function: { name: call.tool, arguments: call.argumentsText },
      })),
    })
    for (const [at, [name, given]] of calls.entries())
      messages.push({ role: 'tool', tool_call_id: `${turn}.${at}`, content: JSON.stringify(answers(name, given)) })
  }
  throw new Error('the conversation does not end')
}

describe('one call for each thing in the input', () => {
  test('the weather in three cities is three calls at once', () => {
    const { turns, answer } = play([weather], 'What is the weather in San Francisco, New York and Chicago?', {
      answers: (_tool, { city }) => ({ city, temperature: 18 }),
    })
    expect(turns).toEqual([
      [
        ['get_weather', { city: 'San Francisco' }],
        ['get_weather', { city: 'New York' }],
        ['get_weather', { city: 'Chicago' }],
      ],
    ])
    expect(answer).toContain('New York')
    expect(answer).toContain('temperature 18')
    expect(answer).toMatch(/simulated/)
  })

  test.each([
    ['names in small letters', 'weather in paris, rome and oslo please', ['paris', 'rome', 'oslo']],
    ['names in two sentences', 'I live in London. My friend lives in Tokyo. How is the weather?', ['London', 'Tokyo']],
    ['listed lines', 'Weather please:\n- Ankara\n- Lima\n- Cape Town', ['Ankara', 'Lima', 'Cape Town']],
    ['quoted names', 'Weather for "New Delhi" and "Quito"', ['New Delhi', 'Quito']],
  ])('%s are told apart', (_what, input, cities) => {
    expect(play([weather], input).turns[0]).toEqual(cities.map((city) => ['get_weather', { city }]))
  })

  test('the first currency is changed into each of the others', () => {
    const convert = tool('convert_currency', 'Converts an amount.', { amount: number, from: text, to: text })
    expect(play([convert], 'Convert 100 USD to EUR, GBP and JPY').turns[0]).toEqual(
      ['EUR', 'GBP', 'JPY'].map((to) => ['convert_currency', { amount: 100, from: 'USD', to }]),
    )
  })

  test('numbers, dates, units, enum words and nested objects find their parameters', () => {
    const forecast = tool(
      'get_forecast',
      'Forecast.',
      { city: text, unit: { enum: ['celsius', 'fahrenheit'] }, days: integer },
      ['city'],
    )
    expect(play([forecast], 'A 5 day forecast in fahrenheit for Berlin').turns[0]).toEqual([
      ['get_forecast', { city: 'Berlin', unit: 'fahrenheit', days: 5 }],
    ])
    const flights = tool('search_flights', 'Finds flights.', {
      origin: text,
      destination: text,
      date: { type: 'string', format: 'date' },
    })
    expect(play([flights], 'Find a flight from Oslo to Bergen on 2026-12-24').turns[0]).toEqual([
      ['search_flights', { origin: 'Oslo', destination: 'Bergen', date: '2026-12-24' }],
    ])
    const event = tool('create_event', 'Creates an event.', {
      title: text,
      when: { type: 'object', properties: { minutes: integer }, required: ['minutes'] },
      guests: { type: 'array', items: { type: 'string', format: 'email' } },
    })
    expect(play([event], 'Create an event "Planning" with ann@x.org and bob@x.org for 45 minutes').turns[0]).toEqual([
      ['create_event', { title: 'Planning', when: { minutes: 45 }, guests: ['ann@x.org', 'bob@x.org'] }],
    ])
  })
})

describe('the tools an input asks for', () => {
  const news = tool('search_news', 'Latest news.', { topic: text })

  test('each takes what is meant for it', () => {
    expect(play([weather, news], 'Weather in Paris and news about Tesla').turns[0]).toEqual([
      ['get_weather', { city: 'Paris' }],
      ['search_news', { topic: 'Tesla' }],
    ])
  })

  test('one that is not asked for is not called', () => {
    const email = tool('send_email', 'Sends an email.', { to: text, body: text })
    expect(play([weather, email], 'How is the weather in Rome?').turns).toEqual([[['get_weather', { city: 'Rome' }]]])
  })

  test('where the input speaks for none, the harmless ones are called, so that every flow calls something', () => {
    const tools = [weather, news, tool('delete_everything', 'Deletes it all.')]
    expect(play(tools, 'hello').turns[0]?.map(([name]) => name)).toEqual(['get_weather', 'search_news'])
    expect(play([tool('delete_everything', 'Deletes it all.')], 'hello').turns).toHaveLength(1)
  })

  test('a lone volley is joined by another tool that asks for the same thing', () => {
    const tools = [weather, tool('get_time', 'Local time of a city.', { city: text }), news]
    expect(play(tools, 'Weather in Oslo?').turns[0]).toEqual([
      ['get_weather', { city: 'Oslo' }],
      ['get_time', { city: 'Oslo' }],
    ])
  })
})

describe('edges', () => {
  const system = 'You brief travellers.\n\n- get_forecast runs after geocode\n'
  const places = (name: string, { city }: Record<string, unknown>) =>
    name === 'geocode' ? { results: [{ latitude: String(city).length, longitude: 2.5 }] } : { degrees: [1, 2] }

  test('a mapped edge is followed by the number of the call, in one turn', () => {
    const forecast = tool('get_forecast', 'Hourly forecast.', { geocode: integer, days: integer }, ['geocode'])
    const { turns } = play([forecast, geocode], 'Forecast for Paris, Rome and Oslo', { system, answers: places })
    expect(turns).toEqual([
      [
        ...['Paris', 'Rome', 'Oslo'].map((city) => ['geocode', { city }]),
        ...[1, 2, 3].map((call) => ['get_forecast', { geocode: call }]),
      ],
    ])
  })

  test('a data edge is followed by references to the values, in one turn', () => {
    const forecast = tool('get_forecast', 'Hourly forecast.', { lat: referable(number), lon: referable(number) })
    const { turns } = play([geocode, forecast], 'Forecast for Paris and Rome', { system })
    expect(turns[0]?.slice(2)).toEqual(
      [1, 2].map((call) => [
        'get_forecast',
        { lat: { from_call: call, path: 'lat' }, lon: { from_call: call, path: 'lon' } },
      ]),
    )
  })

  test('references that pointed wrongly are made once more, after the results', () => {
    const forecast = tool('get_forecast', 'Hourly forecast.', { lat: referable(number), lon: referable(number) })
    const { turns } = play([geocode, forecast], 'Forecast for Paris', {
      system,
      answers: (name, given) =>
        name === 'get_forecast' && JSON.stringify(given).includes('"lat"}')
          ? { error: { code: 'invalid_reference' } }
          : places(name, given),
    })
    expect(turns[1]).toEqual([
      [
        'get_forecast',
        { lat: { from_call: 1, path: 'results[0].latitude' }, lon: { from_call: 1, path: 'results[0].longitude' } },
      ],
    ])
    expect(turns).toHaveLength(2)
  })

  test('without references the sources are called first, and their values taken from the results', () => {
    const forecast = tool('get_forecast', 'Hourly forecast.', { lat: number, lon: number })
    const { turns } = play([geocode, forecast], 'Forecast for Paris and Rome', { system, answers: places })
    expect(turns).toEqual([
      [
        ['geocode', { city: 'Paris' }],
        ['geocode', { city: 'Rome' }],
      ],
      [
        ['get_forecast', { lat: 5, lon: 2.5 }],
        ['get_forecast', { lat: 4, lon: 2.5 }],
      ],
    ])
  })

  test('asked for one call a turn, it gives one, in the same order', () => {
    const forecast = tool('get_forecast', 'Hourly forecast.', { lat: number, lon: number })
    const more = { parallel_tool_calls: false }
    const { turns } = play([geocode, forecast], 'Forecast for Paris and Rome', { system, answers: places, more })
    expect(turns.map((calls) => calls.map(([name]) => name))).toEqual([
      ['geocode'],
      ['geocode'],
      ['get_forecast'],
      ['get_forecast'],
    ])
  })

  test('what an order edge asks for comes before', () => {
    const tools = [
      tool('book', 'Books a hotel.', { hotel: text, nights: integer }),
      tool('check_budget', 'Checks the budget.', { amount: number }),
    ]
    const { turns } = play(tools, 'Book the Grand Hotel in Bergen for 3 nights, at most 450 dollars', {
      system: '- book runs after check_budget',
    })
    expect(turns).toEqual([
      [
        ['check_budget', { amount: 450 }],
        ['book', { hotel: 'Grand Hotel', nights: 3 }],
      ],
    ])
  })

  test('a tool that works on what others found takes all their results', () => {
    const search = (name: string) => tool(name, 'Finds sources.', { query: text })
    const tools = [
      search('search_web'),
      search('search_papers'),
      tool('summarize', 'Sums up.', { notes: referable({ type: 'array', items: text }) }),
    ]
    const { turns } = play(tools, 'Research solar and wind power', {
      system: '- summarize runs after search_web, search_papers',
    })
    expect(turns[0]?.map(([name]) => name)).toEqual([
      'search_web',
      'search_web',
      'search_papers',
      'search_papers',
      'summarize',
    ])
    expect(turns[0]?.at(-1)?.[1]).toEqual({ notes: [1, 2, 3, 4].map((call) => ({ from_call: call, text: '{}' })) })
  })
})

test('failures are named in the answer', () => {
  const { answer } = play([weather], 'Weather in Oslo and Lima', {
    answers: (_tool, { city }) =>
      city === 'Lima' ? { error: { code: 'timeout', message: 'took too long' } } : { degrees: 4 },
  })
  expect(answer).toContain('1 of 2 calls failed')
  expect(answer).toContain('took too long')
})

test('without tools, or told to call none, it answers and says what it is', () => {
  expect(play([], 'hello there').answer).toMatch(/simulated model.*hello there/s)
  expect(play([weather], 'Weather in Oslo', { more: { tool_choice: 'none' } }).turns).toEqual([])
})

test('a script is played turn by turn, and then it ends', () => {
  const script = [
    { text: 'Two.', calls: [{ tool: 'chart', arguments: { year: 1 } }, { tool: 'nowhere' }] },
    { text: 'Both read.' },
  ]
  const { turns, answer } = play([tool('chart', '')], 'Read.', { more: { volley: { script } } })
  expect(turns).toEqual([
    [
      ['chart', { year: 1 }],
      ['nowhere', {}],
    ],
  ])
  expect(answer).toBe('Both read.')
  expect(play([tool('chart', '')], 'Read.', { more: { volley: { script: script.slice(0, 1) } } }).answer).toMatch(
    /script/,
  )
})

test('any conversation is answered in a few turns, the same way each time, with every edge kept', () => {
  const word = fc.constantFrom(
    'weather',
    'Paris',
    'in',
    'and',
    ',',
    '3',
    'USD',
    '"x y"',
    'news',
    '2026-01-01',
    '\n- ',
    'Rome',
    '$5',
    'search',
  )
  const schema = fc.constantFrom<object>(
    text,
    number,
    integer,
    { type: 'boolean' },
    { enum: ['a', 'b'] },
    { type: 'array', items: text },
    referable(text),
    {},
  )
  const offered = fc.uniqueArray(
    fc.record({
      name: fc.constantFrom('get_weather', 'search_news', 'geocode', 'book', 'sum_up', 'list_all'),
      properties: fc.dictionary(fc.constantFrom('city', 'query', 'lat', 'notes', 'geocode', 'n'), schema),
    }),
    { selector: ({ name }) => name, minLength: 1 },
  )
  fc.assert(
    fc.property(fc.array(word), offered, fc.anything(), fc.boolean(), (words, list, result, parallel) => {
      const tools = list.map(({ name, properties }) => tool(name, '', properties))
      const names: string[] = list.map(({ name }) => name)
      const system = names
        .slice(1)
        .map((name, at) => `- ${name} runs after ${names[at]}`)
        .join('\n')
      const options = { system, answers: () => result ?? null, more: parallel ? {} : { parallel_tool_calls: false } }
      const first = play(tools, words.join(' '), options)
      expect(play(tools, words.join(' '), options)).toEqual(first)
      expect(first.turns.length).toBeLessThanOrEqual(12)
      const order = first.turns.flat().map(([name]) => names.indexOf(name))
      expect(order).toEqual([...order].sort((one, other) => one - other))
    }),
  )
})
