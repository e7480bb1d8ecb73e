import { describe, expect, test } from 'vitest'
import { geocode, integer, number, play, referable, text, tool } from '../testing/conversation.ts'

describe('edges', () => {
  const system = 'You brief travellers.\n\n- get_forecast runs after geocode\n'
  const places = (name: string, { city }: Record<string, unknown>) =>
    name === 'geocode' ? { results: [{ latitude: String(city).length, longitude: 2.5 }] } : { degrees: [1, 2] }

  test('a mapped edge is followed by the number of the call, in one turn', () => {
    const forecast = tool('get_forecast', 'Hourly forecast.', { geocode: integer, days: referable(integer) }, [])
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
    // In `serial` the engine tells no order: what a tool lacks is then looked for in any result.
    expect(
      play([forecast, geocode], 'Geocode and forecast for Paris and Rome', { answers: places, more }).turns,
    ).toEqual(turns)
  })

  test('asked for one call a turn and told no order, it finds out first what it lacks, and changes the world last', () => {
    const more = { parallel_tool_calls: false }
    const forecast = tool('get_forecast', 'Weather forecast for a point.', { latitude: number, longitude: number })
    expect(play([forecast, geocode], 'What will the weather be in Oslo?', { answers: places, more }).turns).toEqual([
      [['geocode', { city: 'Oslo' }]],
      [['get_forecast', { latitude: 4, longitude: 2.5 }]],
    ])
    const tools = [
      tool('book_hotel', 'Books a hotel for a trip.', { city: text }),
      tool('check_budget', 'Checks a trip.', { city: text }),
    ]
    expect(
      play(tools, 'Book a hotel in Vienna within the budget', { more })
        .turns.flat()
        .map(([name]) => name),
    ).toEqual(['check_budget', 'book_hotel'])
  })

  test('asked for one call a turn, it calls none twice because results say the same', () => {
    const tools = ['get_weather', 'local_time', 'air_quality'].map((name) => tool(name, 'Of a city.', { city: text }))
    const { turns } = play(tools, 'Go', {
      answers: (_tool, { city }) => ({ city }),
      more: { parallel_tool_calls: false },
    })
    expect(turns.flat().map(([name]) => name)).toEqual(['get_weather', 'local_time', 'air_quality'])
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
      tool('summarize', 'Sums up.', { notes: referable({ type: 'array', items: referable(text) }) }),
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
