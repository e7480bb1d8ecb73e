import { FlaskConical } from 'lucide-react'
import { Redirect, Route, Switch } from 'wouter'
import { EditorPage } from './EditorPage.tsx'
import { HomePage } from './home/HomePage.tsx'
import { paths } from './routes.ts'
import { RunPage } from './runs/RunPage.tsx'
import { RunsPage } from './runs/RunsPage.tsx'
import { SettingsPage } from './settings/SettingsPage.tsx'
import { TopBar } from './TopBar.tsx'
import { EmptyState } from './ui/EmptyState.tsx'
import { TooltipProvider } from './ui/Tooltip.tsx'
import { Toaster } from './ui/toast.tsx'

/** The page: one line on top, below it what its address names. */
export function App() {
  return (
    <TooltipProvider>
      <div className="flex h-full min-h-0 flex-col">
        <TopBar />
        <Switch>
          <Route path="/">
            <HomePage />
          </Route>
          <Route path="/flows/:id">{({ id }) => <EditorPage flowId={decodeURIComponent(id)} />}</Route>
          <Route path="/runs">
            <RunsPage />
          </Route>
          <Route path="/runs/:id">{({ id }) => <RunPage key={id} runId={decodeURIComponent(id)} />}</Route>
          <Route path="/evals">
            <EvalsPage />
          </Route>
          <Route path="/settings">
            <SettingsPage />
          </Route>
          <Route>
            <Redirect to={paths.home} replace />
          </Route>
        </Switch>
      </div>
      <Toaster />
    </TooltipProvider>
  )
}

function EvalsPage() {
  return (
    <main className="flex min-h-0 flex-1">
      <h1 className="sr-only">Evals</h1>
      <EmptyState icon={<FlaskConical size={20} />} title="Evals are not here yet">
        Cases with expected calls, scored over several models, will stand here in a later version. Until then,{' '}
        <code className="font-mono">volley score</code> scores recorded answers on the command line.
      </EmptyState>
    </main>
  )
}
