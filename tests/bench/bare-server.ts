// The limit: Socket.IO, one INSERT and one commit for each message, then the acknowledgement. Run as a process of its own.
import { createServer } from 'node:http';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import Sqlite from 'better-sqlite3';
import { Server } from 'socket.io';

const db = new Sqlite(join(process.argv[2] ?? '.', 'bare.sqlite'));
db.pragma('journal_mode = WAL');
db.pragma('synchronous = FULL');
db.exec('CREATE TABLE messages (id INTEGER PRIMARY KEY, cid TEXT NOT NULL UNIQUE, conversation INTEGER NOT NULL, body TEXT NOT NULL, created_at INTEGER NOT NULL)');
const insert = db.prepare('INSERT INTO messages (cid, conversation, body, created_at) VALUES (?, ?, ?, ?)');

const http = createServer();
new Server(http, { perMessageDeflate: false }).on('connection', (socket) => {
  socket.on('send', (input: { cid: string; conversation: number; body: string }, ack: (answer: { id: number }) => void) => {
    const { lastInsertRowid } = insert.run(input.cid, input.conversation, input.body, Date.now());
    ack({ id: Number(lastInsertRowid) });
  });
});
http.listen(0, '127.0.0.1', () => process.stdout.write(`${(http.address() as AddressInfo).port}\n`));
