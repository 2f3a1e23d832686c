/** Problem details: the answer to a refused request, with the code and the invalid fields. */
@NullMarked
package io.sluice.web.problem;

import org.jspecify.annotations.NullMarked;
