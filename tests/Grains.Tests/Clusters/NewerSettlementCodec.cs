using System.Buffers;
using GeminiBalance.Grains.Tests.Contracts;
using Orleans.Serialization.Buffers;
using Orleans.Serialization.Codecs;
using Orleans.Serialization.WireProtocol;

namespace GeminiBalance.Grains.Tests.Clusters;

/// <summary>Writes a settlement with fields that this release does not know.</summary>
internal sealed class NewerSettlementCodec(IFieldCodec<Releases.NewerDetail> details) : IFieldCodec<LedgerSettlementMessage>
{
    private static int written;

    public static int Written => Volatile.Read(ref written);

    public void WriteField<TBufferWriter>(ref Writer<TBufferWriter> writer, uint fieldIdDelta, Type expectedType, LedgerSettlementMessage value)
        where TBufferWriter : IBufferWriter<byte>
    {
        Interlocked.Increment(ref written);
        ReferenceCodec.MarkValueField(writer.Session);
        writer.WriteStartObject(fieldIdDelta, expectedType, typeof(LedgerSettlementMessage));
        writer.WriteEndBase(); // Orleans gives every record a base part, also an empty one.
        StringCodec.WriteField(ref writer, 0, value.Model!);
        Int64Codec.WriteField(ref writer, 1, value.Term);
        Int64Codec.WriteField(ref writer, 1, value.Stamp);
        Int64Codec.WriteField(ref writer, 1, value.ChargedTokens);
        ByteCodec.WriteField(ref writer, 2, value.Kind);
        details.WriteField(ref writer, 6, typeof(Releases.NewerDetail), new Releases.NewerDetail { Counts = { ["a"] = 1 } });
        StringCodec.WriteField(ref writer, 1, "a region");
        Int64Codec.WriteField(ref writer, 30, 12);
        writer.WriteEndObject();
    }

    public LedgerSettlementMessage ReadValue<TInput>(ref Reader<TInput> reader, Field field) => throw new InvalidOperationException("Gateways are told no settlements.");
}
