// SPDX-License-Identifier: Apache-2.0
import { useRef } from 'preact/hooks';
import { DropHint, dropping } from './attach';
import { Chat } from './chat';
import { Composer } from './composer';
import { Drawer } from './drawer/drawer';
import { width } from './drawer/stage';
import { FriendsBar, FriendsDialog } from './friends';
import { Guide } from './guide';
import { Header } from './header';
import { AskDialog, Toast } from './notices';
import { Share } from './share';
import { loaded } from './store';
import { Viewer } from './viewer';

/** The talk with its first steps above it; until the first one has been fetched nothing stands there that the steps could
 *  push down. */
function Talk() {
  const seen = useRef(false);
  seen.current = seen.current || loaded.value;
  if (!seen.current) {
    return (
      <div class="log-wrap" key="before">
        <Toast />
      </div>
    );
  }
  return (
    <>
      <FriendsBar />
      <Guide />
      <Chat />
    </>
  );
}

export function App() {
  const frame = width.value;
  return (
    <div class="desk">
      <main class={frame === null ? 'phone' : 'phone framed'} style={frame === null ? {} : { width: `${frame}px` }} {...dropping}>
        <Header />
        <Talk />
        <Composer />
        <DropHint />
      </main>
      <Drawer />
      <AskDialog />
      <Share />
      <FriendsDialog />
      <Viewer />
    </div>
  );
}
