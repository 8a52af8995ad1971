namespace GeminiBalance.Protocol.GeminiToOpenAI;

/// <summary>Writes numbers of any width, the highest bit first.</summary>
internal sealed class BitWriter
{
    private const int BitsPerByte = 8;

    private readonly List<byte> bytes = [];
    private uint pending;
    private int pendingBits;

    /// <summary>The whole bytes so far.</summary>
    public ReadOnlySpan<byte> Written => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(bytes);

    /// <param name="value">Higher bits than the width's are not written, so negative numbers come in two's complement.</param>
    /// <param name="bits">At most 24.</param>
    public void Write(uint value, int bits)
    {
        pending = (pending << bits) | (value & ((1u << bits) - 1));
        pendingBits += bits;
        while (pendingBits >= BitsPerByte)
        {
            pendingBits -= BitsPerByte;
            bytes.Add((byte)(pending >> pendingBits));
        }

        pending &= (1u << pendingBits) - 1;
    }

    /// <summary>So many zeros and a one.</summary>
    public void WriteUnary(uint zeros)
    {
        for (; zeros >= BitsPerByte; zeros -= BitsPerByte)
        {
            Write(0, BitsPerByte);
        }

        Write(1, (int)zeros + 1);
    }

    /// <summary>Fills the last byte with zeros.</summary>
    public void Align()
    {
        if (pendingBits > 0)
        {
            Write(0, BitsPerByte - pendingBits);
        }
    }

    public void Clear()
    {
        bytes.Clear();
        (pending, pendingBits) = (0, 0);
    }
}
