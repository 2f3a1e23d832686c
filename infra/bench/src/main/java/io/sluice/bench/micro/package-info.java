/** Single steps for JMH: the model, the decoder, the tokenizer. */
@NullMarked
package io.sluice.bench.micro;

import org.jspecify.annotations.NullMarked;
