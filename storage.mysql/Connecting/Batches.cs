namespace GeminiBalance.Storage.MySql;

/// <summary>Cuts long lists into pieces that fit a statement: servers take packets of a few megabytes, and long transactions keep others waiting.</summary>
internal static class Batches
{
    public const int RowsMax = 500;

    /// <summary>The payload of one statement. Escaped it may double, and stays below 4 MB, the smallest packet any supported server takes by default.</summary>
    public const int BytesMax = 1024 * 1024;

    /// <param name="items">In the order to keep.</param>
    /// <param name="bytesOf">An item's size. A single one may be larger than <see cref="BytesMax"/>.</param>
    public static IEnumerable<IReadOnlyList<T>> Split<T>(IEnumerable<T> items, Func<T, int> bytesOf)
    {
        var batch = new List<T>();
        var bytes = 0L;
        foreach (var item in items)
        {
            if (batch.Count == RowsMax || (batch.Count > 0 && bytes + bytesOf(item) > BytesMax))
            {
                yield return batch;
                (batch, bytes) = ([], 0);
            }

            batch.Add(item);
            bytes += bytesOf(item);
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }
}
