import { expect, test } from 'vitest'
import { changed, filterOf, hasFilters, type RunView, searchOf, unsavedFlow, viewOf } from './runView.ts'

const NOW = Date.UTC(2026, 10, 28, 4, 0, 30)

test('an address says what is shown, and says it again the same', () => {
  const search = 'view=tools&flow=f1&version=2&status=failed&model=gpt-5&tool=tide&finding=needless_edge&time=7d'
  const view = viewOf(search)
  expect(view).toEqual({
    view: 'tools',
    flow: 'f1',
    version: 2,
    status: 'failed',
    model: 'gpt-5',
    tool: 'tide',
    finding: 'needless_edge',
    time: '7d',
  })
  expect(searchOf(view)).toBe(search)
  expect([searchOf(viewOf('')), hasFilters(viewOf('view=tools')), hasFilters(view)]).toEqual(['', false, true])
})

test('what makes no sense in an address is passed over', () => {
  expect(viewOf('view=moon&version=0&status=odd&finding=sadness&time=9d&from=soon&model=&x=1')).toEqual({
    view: 'list',
  })
})

test('another flow has other versions, and a span of time is given in one way', () => {
  const view: RunView = { view: 'list', flow: 'f1', version: 2, time: '7d' }
  expect(changed(view, { flow: 'f2' })).toEqual({ view: 'list', flow: 'f2', time: '7d' })
  expect(changed(view, { flow: undefined })).toEqual({ view: 'list', time: '7d' })
  expect(changed(view, { from: '2026-11-01' })).toEqual({ view: 'list', flow: 'f1', version: 2, from: '2026-11-01' })
  expect(changed(changed(view, { to: '2026-11-02' }), { time: '24h' })).toEqual({ ...view, time: '24h' })
})

test('the server is asked for moments, days included on both ends, and for names of flows that were never saved', () => {
  expect(filterOf({ view: 'list', flow: 'f1', time: '1h' }, NOW)).toEqual({
    flowId: 'f1',
    from: '2026-11-28T03:00:00.000Z',
    to: undefined,
  })
  expect(filterOf({ view: 'list', flow: unsavedFlow('Tides') }, NOW)).toMatchObject({ flowName: 'Tides' })
  const days = filterOf({ view: 'list', from: '2026-11-01', to: '2026-11-01' }, NOW)
  expect(Date.parse(days.to ?? '') - Date.parse(days.from ?? '')).toBe(86_400_000)
  expect(filterOf({ view: 'list', from: '2026-99-99' }, NOW).from).not.toBe('Invalid Date')
})
