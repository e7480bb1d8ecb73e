import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { integer, number, play, referable, text, tool, weather } from '../testing/conversation.ts'

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
    [
      'cities with their states',
      'How warm is the weather in Boston, MA and San Francisco?',
      ['Boston, MA', 'San Francisco'],
    ],
    ['names before other words', 'Weather in Rome and Lima, if I want both rain and wind in it', ['Rome', 'Lima']],
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

  test('numbers that count what a parameter is named for are one call each', () => {
    const grow = tool('future_value', 'Future value of an investment.', { amount: number, years: integer })
    expect(play([grow], 'Future value of 1000 dollars after 1, 5 and 10 years').turns[0]).toEqual(
      [1, 5, 10].map((years) => ['future_value', { amount: 1000, years }]),
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

  test('a topic is what the text is about, not what is to be written', () => {
    expect(play([news], 'Write a short brief on four-day work weeks.').turns[0]).toEqual([
      ['search_news', { topic: 'four-day work weeks' }],
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
