/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark;

import java.io.Serializable;

/** An executor asks the driver for the settings of the stores. The answer travels by RPC alone. */
record SettingsRequest() implements Serializable {}
