import { tellOnFailure } from './black-box.ts';

tellOnFailure();
