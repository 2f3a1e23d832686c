/** Single steps, measured by JMH in a JVM of their own: the model, the decoder, the tokenizer. */
@NullMarked
package io.sluice.bench.micro;

import org.jspecify.annotations.NullMarked;
