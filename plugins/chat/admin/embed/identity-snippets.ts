import type { Snippet } from './snippets.ts';

/** Name of the variable in which a site keeps the secret of a widget. */
export const secretName = (slug: string): string => `PLUGBOARD_SECRET_${slug.toUpperCase().replaceAll('-', '_')}`;

const node = (secret: string): string => `// npm install jsonwebtoken
import jwt from 'jsonwebtoken';

export const plugboardToken = (user) =>
  jwt.sign({ user_id: user.id, email: user.email, name: user.name }, process.env.${secret}, { algorithm: 'HS256', expiresIn: '15m' });`;

const php = (secret: string): string => `// composer require firebase/php-jwt
use Firebase\\JWT\\JWT;

function plugboardToken(User $user): string
{
    $now = time();
    return JWT::encode([
        'user_id' => (string) $user->id,
        'email' => $user->email,
        'name' => $user->name,
        'iat' => $now,
        'exp' => $now + 900,
    ], getenv('${secret}'), 'HS256');
}`;

const python = (secret: string): string => `# pip install pyjwt
import os, time
import jwt

def plugboard_token(user):
    now = int(time.time())
    payload = {"user_id": str(user.id), "email": user.email, "name": user.name, "iat": now, "exp": now + 900}
    return jwt.encode(payload, os.environ["${secret}"], algorithm="HS256")`;

const ruby = (secret: string): string => `# gem install jwt
require 'jwt'

def plugboard_token(user)
  now = Time.now.to_i
  payload = { user_id: user.id.to_s, email: user.email, name: user.name, iat: now, exp: now + 900 }
  JWT.encode(payload, ENV.fetch('${secret}'), 'HS256')
end`;

const go = (secret: string): string => `// go get github.com/golang-jwt/jwt/v5
import (
	"os"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

func plugboardToken(user User) (string, error) {
	now := time.Now()
	token := jwt.NewWithClaims(jwt.SigningMethodHS256, jwt.MapClaims{
		"user_id": user.ID, "email": user.Email, "name": user.Name,
		"iat": now.Unix(), "exp": now.Add(15 * time.Minute).Unix(),
	})
	return token.SignedString([]byte(os.Getenv("${secret}")))
}`;

/** How a server signs who is before the page. */
export function identitySnippets(slug: string): Snippet[] {
  const secret = secretName(slug);
  return [
    { id: 'node', label: 'Node.js', code: node(secret) },
    { id: 'php', label: 'PHP', code: php(secret) },
    { id: 'python', label: 'Python', code: python(secret) },
    { id: 'ruby', label: 'Ruby', code: ruby(secret) },
    { id: 'go', label: 'Go', code: go(secret) },
  ];
}

/** What the page does with the token. */
export const pageSnippet = (desk: string, slug: string): string => `Plugboard.init({
  baseURL: '${desk}',
  widget: '${slug}',
  userToken: '<token that your server signed>',
  // Asked for a new one when it has run out:
  getUserToken: () => fetch('/plugboard-token').then((answer) => answer.text()),
});`;
