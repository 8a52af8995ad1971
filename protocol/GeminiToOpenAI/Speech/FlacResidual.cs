namespace GeminiBalance.Protocol.GeminiToOpenAI;

/// <summary>What one of FLAC's fixed predictors leaves of a block, and how it is written: Rice codes, their width chosen per partition.</summary>
internal static class FlacResidual
{
    public const int OrderMax = 4;

    private const int WidthMax = 14;
    private const int PartitionSamples = 256;

    /// <summary>The predictor that leaves least.</summary>
    public static (int Order, int[] Residual) Best(ReadOnlySpan<int> samples)
    {
        var best = (Order: 0, Residual: samples.ToArray());
        var least = Sum(best.Residual);
        var current = best.Residual;
        for (var order = 1; order <= OrderMax && order < samples.Length; order++)
        {
            // Each order is the difference of the one before; the first values stay as they are.
            current = Differences(current, order);
            var sum = Sum(current.AsSpan(order));
            if (sum < least)
            {
                (least, best) = (sum, (order, current));
            }
        }

        return best;
    }

    /// <param name="residual">Of a whole block; what stands before <paramref name="order"/> is written as samples.</param>
    public static void Write(BitWriter bits, ReadOnlySpan<int> residual, int order)
    {
        var partitionOrder = PartitionOrder(residual.Length);
        bits.Write(0, 2); // Widths of four bits
        bits.Write((uint)partitionOrder, 4);
        var length = residual.Length >> partitionOrder;
        for (var start = 0; start < residual.Length; start += length)
        {
            var partition = residual[Math.Max(start, order)..(start + length)];
            var width = Width(partition);
            bits.Write((uint)width, 4);
            foreach (var value in partition)
            {
                var folded = Fold(value);
                bits.WriteUnary(folded >> width);
                bits.Write(folded, width);
            }
        }
    }

    private static int[] Differences(int[] values, int order)
    {
        var result = (int[])values.Clone();
        for (var i = order; i < values.Length; i++)
        {
            result[i] = values[i] - values[i - 1];
        }

        return result;
    }

    private static long Sum(ReadOnlySpan<int> values)
    {
        var sum = 0L;
        foreach (var value in values)
        {
            sum += Math.Abs((long)value);
        }

        return sum;
    }

    private static int PartitionOrder(int length)
    {
        var order = 0;
        while (length % (1 << (order + 1)) == 0 && length >> (order + 1) >= PartitionSamples)
        {
            order++;
        }

        return order;
    }

    private static int Width(ReadOnlySpan<int> partition)
    {
        var (best, least) = (0, long.MaxValue);
        for (var width = 0; width <= WidthMax; width++)
        {
            var bits = 0L;
            foreach (var value in partition)
            {
                bits += (Fold(value) >> width) + 1 + width;
            }

            if (bits > least)
            {
                break;
            }

            (best, least) = (width, bits);
        }

        return best;
    }

    // Small numbers of either sign become small numbers without one.
    private static uint Fold(int value) => (uint)((value << 1) ^ (value >> 31));
}
