using System.Globalization;
using Microsoft.Extensions.Primitives;
using GeminiBalance.Gateway.Endpoints;
using GeminiBalance.Gateway.Upstream;

namespace GeminiBalance.Gateway.Models;

/// <summary>Writes the list in Google's shape, in pages where a client asks for pages.</summary>
internal static class NativeModelList
{
    private const int PageMax = 1000;

    /// <param name="models">All models.</param>
    /// <param name="query">The client's query. Without <c>pageSize</c> it gets the whole list: many clients never ask for a second page.</param>
    /// <param name="output">Gets the body.</param>
    /// <exception cref="ClientErrorException">The page token is none of this list's.</exception>
    public static void Write(List<ListedModel> models, IQueryCollection query, PooledBuffer output)
    {
        var start = StartOf(query["pageToken"], models.Count);
        var size = int.TryParse(query["pageSize"], NumberStyles.None, CultureInfo.InvariantCulture, out var asked) && asked > 0 ? Math.Min(asked, PageMax) : PageMax;
        var end = Math.Min(models.Count, start + size);
        Put(output, "{\"models\":["u8);
        for (var i = start; i < end; i++)
        {
            Put(output, i > start ? ","u8 : ""u8);
            Put(output, models[i].Json.Span);
        }

        Put(output, "]"u8);
        if (end < models.Count)
        {
            Put(output, System.Text.Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $",\"nextPageToken\":\"{end}\"")));
        }

        Put(output, "}"u8);
    }

    private static int StartOf(StringValues token, int count)
    {
        if (StringValues.IsNullOrEmpty(token))
        {
            return 0;
        }

        return int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var start) && start <= count
            ? start
            : throw new ClientErrorException(ClientError.InvalidRequest("pageToken must be the nextPageToken of the page before.", "pageToken"));
    }

    private static void Put(PooledBuffer output, ReadOnlySpan<byte> bytes) => System.Buffers.BuffersExtensions.Write(output, bytes);
}
