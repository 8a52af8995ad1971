// A proxy that is spoken to by TLS, with user and password, between the gateway and the upstream.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import OpenAI from 'openai';
import { startAll, token } from './harness.mjs';

const folder = mkdtempSync(join(tmpdir(), 'gemini-balance-proxy-'));
const [keyFile, certFile] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
const asked = [];
const skip = spawnSync('openssl', ['version']).status !== 0 && 'needs openssl for a certificate';
let all;
let proxy;

const through = () => ({ PROXIES: JSON.stringify([`https://ann:secret@localhost:${proxy.address().port}`]) });
const ask = ({ gateway }) => new OpenAI({ apiKey: token, baseURL: `${gateway}/v1`, maxRetries: 0 }).chat.completions.create({
  model: 'gemini-2.5-flash', messages: [{ role: 'user', content: 'Hello' }],
});

describe('a proxy spoken to by TLS', { skip }, () => {
  before(async () => {
    execFileSync('openssl', [
      'req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', keyFile, '-out', certFile, '-days', '2', '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'], { stdio: 'ignore' });
    proxy = createServer({ key: readFileSync(keyFile), cert: readFileSync(certFile) });
    proxy.on('connect', (request, client, head) => {
      asked.push({ target: request.url, credentials: request.headers['proxy-authorization'] });
      const [host, port] = request.url.split(':');
      const target = connect(Number(port), host, () => {
        client.write('HTTP/1.1 200 Connection established\r\n\r\n');
        target.write(head);
        client.pipe(target).pipe(client);
      });
      target.on('error', () => client.destroy());
      client.on('error', () => target.destroy());
    });
    proxy.listen(0, 'localhost');
    await once(proxy, 'listening');
    all = await startAll({ ...through(), SSL_CERT_FILE: certFile });
  });

  after(async () => {
    await all.stop();
    proxy.closeAllConnections();
    proxy.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('calls go through it, and it is told who asks', async () => {
    const answer = await ask(all);

    assert.equal(answer.choices[0].finish_reason, 'stop');
    assert.ok(asked.length > 0);
    for (const { target, credentials } of asked) {
      assert.equal(target, new URL(all.upstream).host);
      assert.equal(Buffer.from(credentials.replace(/^Basic /, ''), 'base64').toString(), 'ann:secret');
    }
  });

  test('one whose certificate nobody vouches for is told nothing', async () => {
    const careful = await startAll(through());
    try {
      const before = asked.length;
      await assert.rejects(ask(careful), (error) => error.status >= 500);
      assert.equal(asked.length, before);
    } finally {
      await careful.stop();
    }
  });
});
