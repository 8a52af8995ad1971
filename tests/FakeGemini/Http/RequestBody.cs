using System.Buffers;
using System.IO.Pipelines;

namespace GeminiBalance.FakeGemini;

/// <summary>Reads a body whole; Kestrel's limit bounds it.</summary>
internal static class RequestBody
{
    public static async ValueTask<byte[]> ReadAsync(PipeReader reader, CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await reader.ReadAsync(cancellationToken);
            if (result.IsCompleted)
            {
                var bytes = result.Buffer.ToArray();
                reader.AdvanceTo(result.Buffer.End);
                return bytes;
            }

            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }
}
