export default { test: { include: ['shots.test.ts'], testTimeout: 200000 } };
