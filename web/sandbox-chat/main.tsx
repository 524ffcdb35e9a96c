// SPDX-License-Identifier: Apache-2.0
import { render } from 'preact';
import './styles/page.css';
import { App } from './app';
import { connect } from './live';

const root = document.getElementById('root');
if (root) render(<App />, root);
connect();
