import { defineModule } from '../../kernel/module.ts';
import { brandPolicies } from './brand.policy.ts';
import { brandRoutes } from './brands.routes.ts';

export { Brand } from './brand.model.ts';
export { presentBrand } from './brand.presenter.ts';
export { brandRowIds, brandUids, findBrand, findBrandById, findBrandBySlug, readBrand, selectBrands } from './brand.queries.ts';
export { createBrand } from './create-brand.ts';
export { updateBrand } from './update-brand.ts';

export const brandsModule = defineModule({ id: 'brands', routes: brandRoutes, policies: brandPolicies });
