import { AsRanBanner } from './AsRanBanner.tsx'
import { ConflictBanner } from './ConflictBanner.tsx'

/** What is out of the ordinary with the flow that is shown: it cannot be saved, or it is an older version. */
export function FlowBanners() {
  return (
    <>
      <ConflictBanner />
      <AsRanBanner />
    </>
  )
}
