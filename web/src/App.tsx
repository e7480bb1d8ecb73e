import { lazy, Suspense, useEffect } from 'react'
import { Redirect, Route, Switch } from 'wouter'
import { keepSaved } from './actions/saving.ts'
import { paths } from './routes.ts'
import { TopBar } from './TopBar.tsx'
import { TooltipProvider } from './ui/Tooltip.tsx'
import { Toaster } from './ui/toast.tsx'

// A place comes when it is gone to.
const HomePage = lazy(() => import('./home/HomePage.tsx').then((module) => ({ default: module.HomePage })))
const GalleryPage = lazy(() => import('./gallery/GalleryPage.tsx').then((module) => ({ default: module.GalleryPage })))
const EditorPage = lazy(() => import('./EditorPage.tsx').then((module) => ({ default: module.EditorPage })))
const RunPage = lazy(() => import('./runs/RunPage.tsx').then((module) => ({ default: module.RunPage })))
const ComparePage = lazy(() => import('./compare/ComparePage.tsx').then((module) => ({ default: module.ComparePage })))
const RunsPage = lazy(() => import('./runs/RunsPage.tsx').then((module) => ({ default: module.RunsPage })))
const EvalsPlace = lazy(() => import('./evals/EvalsPlace.tsx').then((module) => ({ default: module.EvalsPlace })))
const SettingsPage = lazy(() =>
  import('./settings/SettingsPage.tsx').then((module) => ({ default: module.SettingsPage })),
)

/** The page: one line on top, below it what its address names. */
export function App() {
  useEffect(() => keepSaved(), [])
  return (
    <TooltipProvider>
      <div className="flex h-full min-h-0 flex-col">
        <SkipLink />
        <TopBar />
        <Suspense>
          <Switch>
            <Route path="/">
              <HomePage />
            </Route>
            <Route path="/flows/:id">{({ id }) => <EditorPage flowId={decodeURIComponent(id)} />}</Route>
            <Route path="/runs">
              <RunsPage />
            </Route>
            <Route path="/runs/:id">{({ id }) => <RunPage key={id} runId={decodeURIComponent(id)} />}</Route>
            <Route path="/compare">
              <ComparePage />
            </Route>
            <Route path="/evals/*?">
              <EvalsPlace />
            </Route>
            <Route path="/settings">
              <SettingsPage />
            </Route>
            <Route path="/gallery">
              <GalleryPage />
            </Route>
            <Route>
              <Redirect to={paths.home} replace />
            </Route>
          </Switch>
        </Suspense>
      </div>
      <Toaster />
    </TooltipProvider>
  )
}

/** The first stop of the keyboard: over the places on top, to what this page is about. */
function SkipLink() {
  return (
    // biome-ignore lint/a11y/useValidAnchor: it leads to a place on this page, which gets its focus here.
    <a
      href="#main"
      className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-lg focus:border focus:border-line-strong focus:bg-surface-1 focus:px-3 focus:py-2 focus:text-sm focus:text-text-1 focus:shadow-float"
      onClick={(event) => {
        event.preventDefault()
        const main = document.querySelector<HTMLElement>('main')
        if (!main) return
        main.tabIndex = -1
        main.focus()
      }}
    >
      Skip to the content
    </a>
  )
}
