package io.sluice.testkit;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Wraps a producer, so that a test can look at each record before it is sent, or make sending fail. */
public final class FaultyProducer {
    private FaultyProducer() {}

    /**
     * Wraps a producer.
     *
     * @param fault gets each record before it is sent; the sender gets every exception that it throws
     */
    @SuppressWarnings("unchecked") // a proxy has no type arguments
    public static Producer<byte[], byte[]> around(
            Producer<byte[], byte[]> producer, Consumer<ProducerRecord<byte[], byte[]>> fault) {
        return (Producer<byte[], byte[]>) Proxy.newProxyInstance(
                Producer.class.getClassLoader(), new Class<?>[] {Producer.class}, (self, method, args) -> {
                    if (method.getName().equals("send")) {
                        fault.accept((ProducerRecord<byte[], byte[]>) args[0]);
                    }
                    try {
                        return method.invoke(producer, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause() == null ? e : e.getCause();
                    }
                });
    }
}
