import { defineModule } from '../../kernel/module.ts';

export { findCompany, findCompanyById, presentCompany, upsertCompany, type CompanyKey } from './companies.ts';
export { Company } from './company.model.ts';

export const companiesModule = defineModule({ id: 'companies' });
