// SPDX-License-Identifier: Apache-2.0
import { Chat } from './chat';
import { Composer } from './composer';
import { Drawer } from './drawer/drawer';
import { width } from './drawer/stage';
import { Guide } from './guide';
import { Header } from './header';
import { AskDialog } from './notices';
import { Viewer } from './viewer';

export function App() {
  const frame = width.value;
  return (
    <div class="desk">
      <main class={frame === null ? 'phone' : 'phone framed'} style={frame === null ? {} : { width: `${frame}px` }}>
        <Header />
        <Guide />
        <Chat />
        <Composer />
      </main>
      <Drawer />
      <AskDialog />
      <Viewer />
    </div>
  );
}
