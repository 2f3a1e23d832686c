package io.sluice.jobs.tracker;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;

/**
 * Limits the memory of RocksDB. Jobs are small and there are two stores for each partition; by default, Kafka Streams
 * would give each of them up to 98 MB.
 */
public final class RocksDbMemory implements RocksDBConfigSetter {
    private static final long BLOCK_CACHE = 2L * 1024 * 1024;
    private static final long WRITE_BUFFER = 2L * 1024 * 1024;
    private static final int WRITE_BUFFERS = 2;

    private final Cache cache = new LRUCache(BLOCK_CACHE);

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        if (options.tableFormatConfig() instanceof BlockBasedTableConfig table) {
            table.setBlockCache(cache);
            options.setTableFormatConfig(table);
        }
        options.setWriteBufferSize(WRITE_BUFFER);
        options.setMaxWriteBufferNumber(WRITE_BUFFERS);
    }

    @Override
    public void close(String storeName, Options options) {
        cache.close();
    }
}
