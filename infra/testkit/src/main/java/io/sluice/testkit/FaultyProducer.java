package io.sluice.testkit;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A producer that does as another does, once a test has had its way with what is to be written. */
public final class FaultyProducer {
    private FaultyProducer() {}

    /**
     * Wraps a producer.
     *
     * @param fault sees each record before it is sent; what it throws, the sender gets
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
