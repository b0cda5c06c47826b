using System;
using System.Collections.Generic;
using System.Linq;
using InstagramMessaging.Core.Media;

namespace InstagramMessaging.Core.Errors;

/// <summary>One error: its stable id, the name of PowerShell's <c>ErrorCategory</c> for it, and what to do about it.</summary>
internal sealed record ErrorDefinition(string Id, string Category, string Remedy);

/// <summary>Every error of the module, once: id, category and remedy.</summary>
internal static class ErrorTable
{
    public static IReadOnlyList<ErrorDefinition> All { get; } =
    [
        new(ErrorId.RecipientInvalid, "InvalidData", "Give the Instagram-scoped id (digits only) that the account's webhook or its conversations show for this person, and keep the column as text in the spreadsheet."),
        new(ErrorId.TextEmpty, "InvalidData", "Fill the Text cell, or remove the row."),
        new(ErrorId.TextTooLong, "LimitsExceeded", "Shorten the text, or split it into two rows; an emoji counts four bytes or more."),
        new(ErrorId.TextInvalid, "InvalidData", "Save the file as UTF-8, or read it with the encoding it was saved in (Import-Csv -Encoding), and remove control characters."),
        new(ErrorId.LinkInvalid, "InvalidData", "Give a whole address that starts with http:// or https:// and has no blanks."),
        new(ErrorId.PayloadMissing, "InvalidData", "Fill one of the row's payload cells, or give the payload on the command line."),
        new(ErrorId.PayloadAmbiguous, "InvalidData", "Keep one payload and empty the others: one row is one message."),
        new(ErrorId.TypeUnknown, "InvalidData", "Use one of the words that the parameter's help lists."),
        new(ErrorId.IdInvalid, "InvalidData", "Copy the id from Graph's answer or webhook as text, without blanks."),
        new(ErrorId.MediaUrlInvalid, "InvalidData", "Give a whole address that starts with http:// or https://; for a file on this machine use -Path."),
        new(ErrorId.MediaNotFound, "ObjectNotFound", "Check the path; for an address on the web use -Url."),
        new(ErrorId.MediaEmpty, "InvalidData", "Export or copy the file again: it has no bytes."),
        new(ErrorId.MediaUnreadable, "ReadError", "Give a file that this user may read and that no program holds locked."),
        new(ErrorId.MediaTooLarge, "LimitsExceeded", $"Make the file smaller: an image may have {MediaFormats.Limit(IgMediaType.Image)} bytes, audio, video and pdf {MediaFormats.Limit(IgMediaType.Video)}."),
        new(ErrorId.MediaFormatNotSupported, "InvalidType", $"Convert it: images {MediaFormats.Names(IgMediaType.Image)}; audio {MediaFormats.Names(IgMediaType.Audio)}; video {MediaFormats.Names(IgMediaType.Video)}; files {MediaFormats.Names(IgMediaType.File)}."),
        new(ErrorId.MediaContentMismatch, "InvalidData", "Export or download the file again in the format its name says; rename it only where Instagram takes what it really is."),
        new(ErrorId.MediaTruncated, "InvalidData", "Copy or export the file again: its end is missing."),
        new(ErrorId.MediaChanged, "InvalidData", "Send the row again when nothing writes the file any more; no message left."),

        new(ErrorId.WindowClosed, "ResourceUnavailable", "Wait until the person writes again; within 7 days a human agent may answer with -Tag HumanAgent."),
        new(ErrorId.RecipientNotFound, "ObjectNotFound", "Check that the id belongs to this account's own conversations: Instagram-scoped ids differ from account to account."),
        new(ErrorId.RecipientUnavailable, "ResourceUnavailable", "Leave this person out: they cannot or do not want to receive messages now."),
        new(ErrorId.TokenInvalid, "AuthenticationError", "Get a new access token, run Connect-IgAccount again, and send the rows that were not sent."),
        new(ErrorId.PermissionDenied, "PermissionDenied", "Check the app's permissions, the account's role and 'Allow access to messages' in Instagram's settings."),
        new(ErrorId.RateLimited, "LimitsExceeded", "Wait until Meta lifts the limit, lower -SendsPerSecond, and send the rows that were not sent."),
        new(ErrorId.MediaRejected, "InvalidData", "Check that the address answers quickly over valid TLS with the right type, or upload the file with -Path."),
        new(ErrorId.AttachmentUnknown, "ObjectNotFound", "Upload the media again with New-IgAttachment: ids end after 90 days and belong to the account that uploaded."),
        new(ErrorId.ThreadControlled, "ResourceBusy", "Another app or an automated flow has this conversation: take control of it there first."),
        new(ErrorId.AccountRestricted, "SecurityError", "Stop sending and read the account's status in Meta Business Suite: Meta restricted it."),
        new(ErrorId.RequestRejected, "InvalidArgument", "Read Graph's message above and correct the row."),

        new(ErrorId.OutcomeUnknown, "OperationTimeout", "Look into the conversation before sending this row again: it may have been delivered."),
        new(ErrorId.Unreachable, "ConnectionError", "Check the network, the proxy and -BaseUri; nothing was delivered, so the row can be sent again."),

        new(ErrorId.NotConnected, "ConnectionError", "Run Connect-IgAccount -PageId <id> -AccessToken (Read-Host -AsSecureString) first, or give -Connection."),
        new(ErrorId.ConnectionInvalid, "InvalidArgument", "Correct the parameter and run Connect-IgAccount again."),
        new(ErrorId.RunStopped, "OperationStopped", "Mend the cause, then send the rows that were not tried."),
        new(ErrorId.NotTried, "OperationStopped", "Mend what stopped the run, then send this row."),
        new(ErrorId.KeyRepeated, "InvalidData", "Give each row a key of its own: a journal key stands for one message."),
        new(ErrorId.JournalInUse, "ResourceBusy", "Wait until the other run has ended, or give this one a journal of its own."),
        new(ErrorId.JournalForeign, "InvalidData", "Give the journal of this account, or a new file."),
        new(ErrorId.JournalUnwritable, "WriteError", "Make room on the disk, or give a file in a folder that exists and that this user may write to; nothing that is not in the journal was sent."),
        new(ErrorId.ExcludePathInvalid, "InvalidData", "Give a table with a column RecipientId, or a file with one id on each line: nothing is sent while the list cannot be read whole."),
        new(ErrorId.CachePathInvalid, "InvalidData", "Give a cache that -CachePath made, or a new file in a folder that exists and that this user may write to."),
        new(ErrorId.FailedPathUnwritable, "WriteError", "Give a file in a folder that exists and that this user may write to."),
        new(ErrorId.EmulatorFailed, "OpenError", "Choose another -Port, or 0 for any free one."),
    ];

    private static readonly Dictionary<string, ErrorDefinition> ById = All.ToDictionary(definition => definition.Id, StringComparer.Ordinal);

    public static ErrorDefinition Of(string id) => ById[id];
}
