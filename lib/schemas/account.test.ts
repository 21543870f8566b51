import { describe, expect, test } from 'vitest';
import { loginName, newPassword, newUser, signInRequest, userChanges } from './account.ts';
import { passwordProblem } from './password-rules.ts';

describe('a login name', () => {
  test.each(['admin', 'A', 'maria.silva', 'm@example.org', '7of9', 'a_b-c+d', 'x'.repeat(64)])('can be %s', (name) => {
    expect(loginName.parse(name)).toBe(name);
  });

  test.each(['', '0', '123', '-a', '.a', 'a b', 'a:b', 'a/b', 'ação', 'a\nb', 'a\u0000', 'x'.repeat(65)])(
    'cannot be %j',
    (name) => {
      expect(loginName.safeParse(name).success).toBe(false);
    },
  );

  test('has no white space around it', () => {
    expect(loginName.parse(' maria ')).toBe('maria');
  });
});

describe('a password', () => {
  test.each([
    ['seven77', 'must have at least 8 characters'],
    ['x'.repeat(201), 'must have at most 200 characters'],
    [`vig_${'x'.repeat(43)}`, 'must not look like an API token'],
    ['Administrator', 'must not be the name'],
  ])('cannot be %s', (password, problem) => {
    expect(passwordProblem(password, 'administrator')?.message).toBe(problem);
  });

  test.each(['12345678', 'x'.repeat(200), ' spaces are fine ', 'пароль-пароль', 'vig_but_short'])(
    'can be %s',
    (password) => {
      expect(passwordProblem(password, 'administrator')).toBeNull();
      expect(newPassword.parse(password)).toBe(password);
    },
  );
});

test('every bad field of a new user is named', () => {
  const paths = newUser.safeParse({ name: 'a b', role: 'root', password: 'x', admin: true }).error?.issues;
  expect(paths?.map(({ path }) => path.join('.'))).toEqual(['name', 'role', 'password', '']);
  const sameAsName = newUser.safeParse({ name: 'administrator', password: 'Administrator' }).error?.issues;
  expect(sameAsName).toMatchObject([{ path: ['password'], message: 'must not be the name' }]);
});

test('a field that nobody may change is not silently ignored', () => {
  expect(userChanges.safeParse({ uid: 0 }).success).toBe(false);
});

test('who signs in gives a name or a number', () => {
  for (const name of ['admin', '0', 0]) expect(signInRequest.parse({ name, password: 'x' }).name).toBe(name);
  for (const name of ['', ' ', 'x'.repeat(65), -1, 0.5, null, undefined]) {
    const { error } = signInRequest.safeParse({ name, password: 'x' });
    expect(error?.issues).toMatchObject([{ path: ['name'], message: 'must be a name or a uid' }]);
  }
});
