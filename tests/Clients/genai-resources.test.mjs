// Google's SDK for JavaScript, unchanged: files, caches, batches, videos and stores, each of which belongs to one of three keys.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { ApiError, createPartFromUri, GoogleGenAI } from '@google/genai';
import { startAll, token } from './harness.mjs';

const model = 'gemini-2.5-flash';
const other = 'sk-client-suite-other-token';
const folder = mkdtempSync(join(tmpdir(), 'gemini-balance-resources-'));
let all;

before(async () => {
  all = await startAll({ ALLOWED_TOKENS: JSON.stringify([token, other]) });
});
after(async () => {
  await all.stop();
  rmSync(folder, { recursive: true, force: true });
});

const upload = (client, text, config = {}) => client.files.upload({ file: new Blob([text], { type: 'text/plain' }), config });

async function collect(pager) {
  const found = [];
  for await (const item of pager) {
    found.push(item);
  }

  return found;
}

for (const apiVersion of ['v1beta', 'v1']) {
  describe(`version ${apiVersion}`, () => {
    let client;
    let stranger;
    before(() => {
      client = new GoogleGenAI({ apiKey: token, apiVersion, httpOptions: { baseUrl: all.gateway } });
      stranger = new GoogleGenAI({ apiKey: other, apiVersion, httpOptions: { baseUrl: all.gateway } });
    });

    test('a file is uploaded, used, listed and deleted', async () => {
      const file = await upload(client, 'Some text', { displayName: 'a note' });
      assert.match(file.name, /^files\//);
      assert.equal(file.uri, `https://generativelanguage.googleapis.com/v1beta/${file.name}`);
      for (let i = 0; i < 6; i++) {
        const answer = await client.models.generateContent({ model, contents: [createPartFromUri(file.uri, file.mimeType), 'What is in it?'] });
        assert.ok(answer.text.length > 0);
      }

      assert.equal((await client.files.get({ name: file.name })).displayName, 'a note');
      assert.ok((await collect(await client.files.list({ config: { pageSize: 2 } }))).some((item) => item.name === file.name));
      await client.files.delete({ name: file.name });
      await assert.rejects(client.files.get({ name: file.name }), (error) => error instanceof ApiError && error.status === 403);
    });

    test('large files go up in pieces', async () => {
      const path = join(folder, 'large.txt');
      writeFileSync(path, 'x'.repeat(20 * 1024 * 1024));
      const file = await client.files.upload({ file: path, config: { mimeType: 'text/plain' } });
      assert.equal(Number(file.sizeBytes), 20 * 1024 * 1024);
    });

    test('files of one client that are sent together can be used together', async () => {
      const files = await Promise.all([1, 2, 3, 4].map((i) => upload(client, `Text ${i}`)));
      const answer = await client.models.generateContent({ model, contents: [...files.map((file) => createPartFromUri(file.uri, file.mimeType)), 'Compare'] });
      assert.ok(answer.text.length > 0);
    });

    test("another token's file is not there", async () => {
      const file = await upload(client, 'Mine');
      await assert.rejects(stranger.files.get({ name: file.name }), (error) => error.status === 403);
      await assert.rejects(stranger.files.delete({ name: file.name }), (error) => error.status === 403);
      await assert.rejects(
        stranger.models.generateContent({ model, contents: [createPartFromUri(file.uri, file.mimeType), 'Whose?'] }), (error) => error.status === 403);
      assert.ok(!(await collect(await stranger.files.list())).some((item) => item.name === file.name));
    });

    test('lists have pages', async () => {
      const made = [];
      for (let i = 0; i < 5; i++) {
        made.push((await upload(stranger, `Page ${i}`)).name);
      }

      const found = await collect(await stranger.files.list({ config: { pageSize: 2 } }));
      assert.deepEqual(found.map((file) => file.name).filter((name) => made.includes(name)), made.toReversed());
    });

    test('a cache is made, used, prolonged, listed and deleted', async () => {
      const cache = await client.caches.create({ model, config: { contents: 'A long story '.repeat(100), ttl: '300s', displayName: 'story' } });
      for (let i = 0; i < 6; i++) {
        assert.ok((await client.models.generateContent({ model, contents: 'Who?', config: { cachedContent: cache.name } })).text.length > 0);
      }

      const longer = await client.caches.update({ name: cache.name, config: { ttl: '3000s' } });
      assert.ok(new Date(longer.expireTime) > new Date(cache.expireTime));
      const listed = (await collect(await client.caches.list())).find((item) => item.name === cache.name);
      assert.equal(listed.expireTime, longer.expireTime);
      await assert.rejects(stranger.caches.get({ name: cache.name }), (error) => error.status === 403);
      await client.caches.delete({ name: cache.name });
      await assert.rejects(client.caches.get({ name: cache.name }), (error) => error.status === 403);
    });

    test('a batch of inlined requests runs to its end', async () => {
      const job = await client.batches.create({ model, src: [{ contents: [{ role: 'user', parts: [{ text: 'One' }] }] }], config: { displayName: 'work' } });
      let state = job.state;
      for (let i = 0; i < 5 && state !== 'JOB_STATE_SUCCEEDED'; i++) {
        state = (await client.batches.get({ name: job.name })).state;
      }

      assert.equal(state, 'JOB_STATE_SUCCEEDED');
      assert.ok((await collect(await client.batches.list())).some((item) => item.name === job.name));
      await assert.rejects(stranger.batches.get({ name: job.name }), (error) => error.status === 404);
      await client.batches.delete({ name: job.name });
    });

    test('a batch of a file gives a file that can be fetched', async () => {
      const input = await upload(client, '{"key":"1","request":{"contents":[{"parts":[{"text":"One"}]}]}}', { mimeType: 'application/jsonl' });
      let job = await client.batches.create({ model, src: input.name });
      for (let i = 0; i < 5 && job.state !== 'JOB_STATE_SUCCEEDED'; i++) {
        job = await client.batches.get({ name: job.name });
      }

      const path = join(folder, `results-${apiVersion}.jsonl`);
      await client.files.download({ file: job.dest.fileName, downloadPath: path });
      assert.match(readFileSync(path, 'utf8'), /"key":"1"/);
      await assert.rejects(stranger.files.download({ file: job.dest.fileName, downloadPath: path }));
    });

    test('a running batch is cancelled', async () => {
      const job = await client.batches.create({ model, src: [{ contents: [{ role: 'user', parts: [{ text: 'One' }] }] }] });
      await client.batches.cancel({ name: job.name });
      assert.equal((await client.batches.get({ name: job.name })).state, 'JOB_STATE_CANCELLED');
    });

    // Version 3 of the SDK offers videos on the other platform only; the API is still there.
    test('a video is made and fetched', async () => {
      const call = async (path, init = {}) => fetch(`${all.gateway}/${apiVersion}/${path}`, { ...init, headers: { 'x-goog-api-key': token, ...init.headers } });
      let operation = await (await call('models/veo-3.1-generate-preview:predictLongRunning', { method: 'POST', body: '{"instances":[{"prompt":"A cat"}]}' })).json();
      for (let i = 0; i < 5 && !operation.done; i++) {
        operation = await (await call(operation.name)).json();
      }

      const { uri } = operation.response.generateVideoResponse.generatedSamples[0].video;
      assert.match(uri, /^https:\/\/generativelanguage\.googleapis\.com\//);
      const path = uri.split('/v1beta/')[1];
      assert.match(await (await call(path)).text(), /^the frames of a video/);
      const piece = await call(path, { headers: { range: 'bytes=4-9' } });
      assert.deepEqual([piece.status, piece.headers.get('content-range').split('/')[0], await piece.text()], [206, 'bytes 4-9', 'frames']);
      assert.equal((await call(path, { headers: { 'x-goog-api-key': other } })).status, 403);
      assert.equal((await call(operation.name, { headers: { 'x-goog-api-key': other } })).status, 404);
    });

    test('a file search store takes documents and answers', async () => {
      const store = await client.fileSearchStores.create({ config: { displayName: 'shelf' } });
      const operation = await client.fileSearchStores.uploadToFileSearchStore({
        fileSearchStoreName: store.name, file: new Blob(['Paris'], { type: 'text/plain' }), config: { displayName: 'a page' },
      });
      assert.ok(operation.name.startsWith(`${store.name}/upload/operations/`));
      const documents = await collect(await client.fileSearchStores.documents.list({ parent: store.name }));
      assert.equal(documents.length, 1);
      for (let i = 0; i < 4; i++) {
        const answer = await client.models.generateContent({ model, contents: 'Where?', config: { tools: [{ fileSearch: { fileSearchStoreNames: [store.name] } }] } });
        assert.ok(answer.text.length > 0);
      }

      assert.ok((await collect(await client.fileSearchStores.list())).some((item) => item.name === store.name));
      await assert.rejects(stranger.fileSearchStores.get({ name: store.name }), (error) => error.status === 403);
      await client.fileSearchStores.delete({ name: store.name, config: { force: true } });
    });
  });
}
