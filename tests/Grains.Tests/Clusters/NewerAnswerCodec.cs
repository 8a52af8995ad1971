using System.Buffers;
using GeminiBalance.Grains.Tests.Contracts;
using Orleans.Serialization.Buffers;
using Orleans.Serialization.Codecs;
using Orleans.Serialization.WireProtocol;

namespace GeminiBalance.Grains.Tests.Clusters;

/// <summary>Writes an answer with fields that this release does not know.</summary>
internal sealed class NewerAnswerCodec(IFieldCodec<LedgerGrantMessage[]> grants, IFieldCodec<Releases.NewerDetail> details) : IFieldCodec<LedgerAnswerMessage>
{
    private static int written;

    public static int Written => Volatile.Read(ref written);

    public void WriteField<TBufferWriter>(ref Writer<TBufferWriter> writer, uint fieldIdDelta, Type expectedType, LedgerAnswerMessage value)
        where TBufferWriter : IBufferWriter<byte>
    {
        if (ReferenceCodec.TryWriteReferenceField(ref writer, fieldIdDelta, expectedType, value))
        {
            return;
        }

        Interlocked.Increment(ref written);
        writer.WriteStartObject(fieldIdDelta, expectedType, typeof(LedgerAnswerMessage));
        Int64Codec.WriteField(ref writer, 0, value.Term);
        grants.WriteField(ref writer, 1, typeof(LedgerGrantMessage[]), value.Grants!);
        ByteCodec.WriteField(ref writer, 1, value.Denial);
        Int64Codec.WriteField(ref writer, 1, value.NextIn);
        details.WriteField(ref writer, 17, typeof(Releases.NewerDetail), new Releases.NewerDetail { Counts = { ["b"] = 2 } });
        writer.WriteEndObject();
    }

    public LedgerAnswerMessage ReadValue<TInput>(ref Reader<TInput> reader, Field field) => throw new InvalidOperationException("Silos do not ask each other.");
}
