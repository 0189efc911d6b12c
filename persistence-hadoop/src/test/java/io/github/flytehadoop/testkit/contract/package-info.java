/* Licensed under Apache-2.0; see LICENSE. */
/**
 * What every store promises, one class a concern. A store joins by one {@link
 * io.github.flytehadoop.testkit.contract.StoreFixture} and one class that extends {@link
 * io.github.flytehadoop.testkit.contract.StoreContracts}.
 */
@NullMarked
package io.github.flytehadoop.testkit.contract;

import org.jspecify.annotations.NullMarked;
