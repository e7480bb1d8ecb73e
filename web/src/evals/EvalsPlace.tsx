import { lazy, Suspense } from 'react'
import { Route, Switch } from 'wouter'
import { CompareEvalsPage } from './CompareEvalsPage.tsx'
import { EvalPage } from './EvalPage.tsx'
import { EvalsPage } from './EvalsPage.tsx'
import { NewEvalPage } from './NewEvalPage.tsx'

const DataSetPage = lazy(() => import('./dataSets/index.ts').then((module) => ({ default: module.DataSetPage })))

/** What stands under `/evals`. One part of the page, loaded as a whole but for the data sets. */
export function EvalsPlace() {
  return (
    <Suspense>
      <Switch>
        <Route path="/evals/new">
          <NewEvalPage />
        </Route>
        <Route path="/evals/compare">
          <CompareEvalsPage />
        </Route>
        <Route path="/evals/data-sets/:id">{({ id }) => <DataSetPage key={id} id={decodeURIComponent(id)} />}</Route>
        <Route path="/evals/:id">{({ id }) => <EvalPage key={id} evalId={decodeURIComponent(id)} />}</Route>
        <Route>
          <EvalsPage />
        </Route>
      </Switch>
    </Suspense>
  )
}
